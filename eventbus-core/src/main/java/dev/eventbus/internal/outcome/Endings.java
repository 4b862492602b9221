/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.outcome;

import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.DeadLetterReason;
import dev.eventbus.deadletter.FailedAttempt;
import dev.eventbus.internal.check.Printable;
import dev.eventbus.internal.deadletter.DeadLetterSink;
import dev.eventbus.internal.deliver.DeliveryRound;
import dev.eventbus.internal.deliver.Publication;
import dev.eventbus.internal.deliver.Slot;
import dev.eventbus.internal.deliver.Subscriber;
import dev.eventbus.internal.observe.Signals;
import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.observe.ReturnedDelivery;
import dev.eventbus.observe.ReturnedDelivery.State;
import dev.eventbus.observe.Signal;
import dev.eventbus.publish.Outcome;
import dev.eventbus.subscribe.HandlerFailedException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings deliveries to their one final outcome, with one count and one signal each (D-1). Thread-safe. */
public final class Endings {
    private static final Logger LOG = LoggerFactory.getLogger("dev.eventbus");

    private final Ports ports;
    private final Signals signals;
    private final DeadLetterSink deadLetters;

    /**
     * Creates it.
     *
     * @param ports clock and ids
     * @param signals who is told
     * @param deadLetters where given up deliveries go
     */
    public Endings(Ports ports, Signals signals, DeadLetterSink deadLetters) {
        this.ports = ports;
        this.signals = signals;
        this.deadLetters = deadLetters;
    }

    /**
     * Ends a delivery whose handler has returned.
     *
     * @param event what was delivered
     * @param index to which target
     * @param subscriber that target's
     * @param attempt number of the attempt
     * @param elapsed how long it took, or null where it was not timed
     * @param stripe stripe of the counter that the caller owns
     */
    public void handled(Publication<?> event, int index, Subscriber subscriber, int attempt, @Nullable Duration elapsed,
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

    /**
     * Ends a delivery that was not handled and becomes no letter.
     *
     * @param event what was delivered
     * @param index to which target
     * @param outcome final
     * @return false if it had ended
     */
    public boolean end(Publication<?> event, int index, Outcome outcome) {
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

    /**
     * Gives up: a dead letter, or an exception for the publisher.
     *
     * @param event what was delivered
     * @param index to which target
     * @param reason why
     * @param failure the last one
     * @param attempts every failed attempt
     * @param redriven the letter that came back, or null
     * @return the exception, or null
     */
    public @Nullable HandlerFailedException giveUp(Publication<?> event, int index, DeadLetterReason reason,
            Throwable failure,
            List<FailedAttempt> attempts, @Nullable DeadLetter redriven) {
        Subscriber subscriber = event.target(index).subscriber();
        if (redriven == null && subscriber.propagates()) {
            return end(event, index, Outcome.PROPAGATED)
                    ? new HandlerFailedException(subscriber.name(), event.id(), event.typeName(),
                            DeliveryRound.nextAttempt(attempts) - 1, failure)
                    : null;
        }
        deadLetter(event, index, letter(event, index, reason, attempts, redriven), failure, redriven != null);
        return null;
    }

    /**
     * Ends a delivery that found no place as a dead letter.
     *
     * @param event what was published
     * @param index for which target
     */
    public void overflowed(Publication<?> event, int index) {
        deadLetter(event, index, letter(event, index, DeadLetterReason.OVERFLOW, List.of(), null), null, false);
    }

    // The letter is made before the claim: clocks may throw.
    private void deadLetter(Publication<?> event, int index, DeadLetter letter, @Nullable Throwable failure,
            boolean again) {
        if (event.claim(index)) {
            try {
                if (again) {
                    deadLetters.keepAgain(letter, failure);
                } else {
                    deadLetters.keep(letter, failure);
                }
                event.target(index).subscriber().countSettled(Outcome.DEAD_LETTERED);
            } finally {
                event.finish(index, Outcome.DEAD_LETTERED);
            }
        }
    }

    private DeadLetter letter(Publication<?> event, int index, DeadLetterReason reason, List<FailedAttempt> attempts,
            @Nullable DeadLetter redriven) {
        return redriven == null
                ? new DeadLetter(ports.ids().nextId(), event, event.target(index).subscriber().name(), reason, attempts,
                        keyOf(event, index), ports.now())
                : new DeadLetter(redriven.id(), redriven.event(), redriven.subscription(), reason, attempts,
                        redriven.key(), ports.now());
    }

    private static @Nullable String keyOf(Publication<?> event, int index) {
        for (Slot slot = event.slots(); slot != null; slot = slot.sibling()) {
            if (slot.index() == index) {
                return slot.printedKey();
            }
        }
        return null;
    }

    /**
     * Ends a delivery in lanes that a shutdown cuts off, and lists it.
     *
     * @param event what was delivered
     * @param index to which target
     * @param state where the shutdown found it
     * @param failed attempts that had failed
     * @param returned takes it, unless it is a redriven letter, which is still in its store
     * @return false if it had ended
     */
    public boolean returned(Publication<?> event, int index, State state, int failed, List<ReturnedDelivery> returned) {
        if (!end(event, index, Outcome.RETURNED)) {
            return false;
        }
        if (!event.isRedrive()) {
            returned.add(new ReturnedDelivery(event, event.target(index).subscriber().name(), state, failed));
        }
        return true;
    }

    /**
     * Ends a delivery for which not even a letter can be written: what the bus was given fails for good.
     *
     * @param event what was delivered
     * @param index to which target
     * @param broken why
     */
    public void lost(Publication<?> event, int index, Throwable broken) {
        if (event.settle(index, Outcome.DEAD_LETTERED)) {
            Subscriber subscriber = event.target(index).subscriber();
            subscriber.countSettled(Outcome.DEAD_LETTERED);
            LOG.error(
                    "lost {} in subscription '{}': no dead letter could be written, {}; mend the clock or the runtime",
                    event, subscriber.name(), Printable.describe(broken));
        }
    }

    /**
     * Ends what is open of an event that a shutdown cuts off, and lists it. The synchronous deliveries of an event end in
     * their order, so the first open one has begun, or was about to; unless one is ending by itself, then none has. Those
     * in lanes that are still open have not been handed over.
     *
     * @param event what was delivered
     * @param progress how far its thread had come
     * @param returned takes what is listed
     * @return whether the delivery that had begun was returned: its handler may be running
     */
    public boolean returned(Publication<?> event, Progress progress, List<ReturnedDelivery> returned) {
        int begun = event.isEnding() || !progress.begun() ? -1 : event.firstOpen();
        boolean running = false;
        for (int i = 0; i < event.size(); i++) {
            if (event.isOpen(i) && end(event, i, Outcome.RETURNED)) {
                running |= i == begun;
                if (!event.isRedrive()) { // a redriven letter is still in its store
                    returned.add(progress.describe(event, i, i == begun));
                }
            }
        }
        return running;
    }
}
