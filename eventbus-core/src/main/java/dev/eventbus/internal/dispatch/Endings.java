/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.dispatch;

import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.DeadLetterReason;
import dev.eventbus.deadletter.FailedAttempt;
import dev.eventbus.internal.check.Printable;
import dev.eventbus.internal.deadletter.DeadLetterSink;
import dev.eventbus.internal.deliver.Publication;
import dev.eventbus.internal.deliver.Subscriber;
import dev.eventbus.internal.observe.Signals;
import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.observe.ReturnedDelivery;
import dev.eventbus.observe.Signal;
import dev.eventbus.publish.Outcome;
import dev.eventbus.subscribe.HandlerFailedException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings deliveries to their one final outcome, with one count and one signal each (D-1). Thread-safe. */
final class Endings {
    private static final Logger LOG = LoggerFactory.getLogger("dev.eventbus");

    private final Ports ports;
    private final Signals signals;
    private final DeadLetterSink deadLetters;

    Endings(Ports ports, Signals signals, DeadLetterSink deadLetters) {
        this.ports = ports;
        this.signals = signals;
        this.deadLetters = deadLetters;
    }

    void handled(Publication<?> event, int index, Subscriber subscriber, int attempt, @Nullable Duration elapsed,
            int stripe) {
        if (!signals.active()) {
            if (event.settle(index, Outcome.HANDLED)) {
                subscriber.countHandled(stripe);
            }
        } else if (event.claim(index)) {
            try {
                subscriber.countHandled(stripe);
                signals.tell(new Signal.Handled(event, subscriber.name(), attempt,
                        elapsed == null ? Duration.ZERO : elapsed, sincePublish(event)));
            } finally {
                event.finish(index, Outcome.HANDLED);
            }
        }
    }

    private @Nullable Duration sincePublish(Publication<?> event) {
        if (event.publishedNanos() == Publication.NOT_MEASURED) {
            return null;
        }
        try {
            return Duration.ofNanos(ports.clocks().monotonicNanos() - event.publishedNanos());
        } catch (RuntimeException broken) { // a clock that throws must not undo what was handled
            return null;
        }
    }

    boolean end(Publication<?> event, int index, Outcome outcome) {
        if (!event.claim(index)) {
            return false;
        }
        try {
            Subscriber subscriber = event.target(index).subscriber();
            subscriber.countSettled(outcome);
            if (signals.active()) {
                signals.tell(new Signal.Ended(event, subscriber.name(), outcome));
            }
        } finally {
            event.finish(index, outcome);
        }
        return true;
    }

    /** Gives up: a dead letter, or an exception for the publisher, which is returned. */
    @Nullable HandlerFailedException giveUp(Publication<?> event, int index, DeadLetterReason reason, Throwable failure,
            List<FailedAttempt> attempts, @Nullable DeadLetter redriven) {
        Subscriber subscriber = event.target(index).subscriber();
        if (redriven == null && subscriber.propagates()) {
            return end(event, index, Outcome.PROPAGATED)
                    ? new HandlerFailedException(subscriber.name(), event.id(), event.typeName(), attempts.size(),
                            failure)
                    : null;
        }
        DeadLetter letter = letter(event, subscriber, reason, attempts, redriven); // before the claim: clocks may throw
        if (event.claim(index)) {
            try {
                if (redriven == null) {
                    deadLetters.keep(letter, failure);
                } else {
                    deadLetters.keepAgain(letter, failure);
                }
                subscriber.countSettled(Outcome.DEAD_LETTERED);
            } finally {
                event.finish(index, Outcome.DEAD_LETTERED);
            }
        }
        return null;
    }

    private DeadLetter letter(Publication<?> event, Subscriber subscriber, DeadLetterReason reason,
            List<FailedAttempt> attempts, @Nullable DeadLetter redriven) {
        return redriven == null
                ? new DeadLetter(ports.ids().nextId(), event, subscriber.name(), reason, attempts, ports.now())
                : new DeadLetter(redriven.id(), redriven.event(), redriven.subscription(), reason, attempts,
                        ports.now());
    }

    /** Ends a delivery for which not even a letter can be written: what the bus was given fails for good. */
    void lost(Publication<?> event, int index, Throwable broken) {
        if (event.settle(index, Outcome.DEAD_LETTERED)) {
            Subscriber subscriber = event.target(index).subscriber();
            subscriber.countSettled(Outcome.DEAD_LETTERED);
            LOG.error(
                    "lost {} in subscription '{}': no dead letter could be written, {}; mend the clock or the runtime",
                    event, subscriber.name(), Printable.describe(broken));
        }
    }

    /**
     * Ends what is open of an event that a shutdown cuts off, and lists it. The deliveries of an event end in their
     * order, so the first open one has begun, or was about to; unless one is ending by itself, then none has.
     *
     * @return whether the delivery that had begun was returned: its handler may be running
     */
    boolean returned(Publication<?> event, Progress progress, List<ReturnedDelivery> returned) {
        int first = event.firstOpen();
        int begun = event.isEnding() || !progress.begun() ? -1 : first;
        boolean running = false;
        for (int i = Math.max(first, 0); i < event.size(); i++) {
            if (end(event, i, Outcome.RETURNED)) {
                running |= i == begun;
                if (!event.isRedrive()) { // a redriven letter is still in its store
                    returned.add(progress.describe(event, i, i == begun));
                }
            }
        }
        return running;
    }
}
