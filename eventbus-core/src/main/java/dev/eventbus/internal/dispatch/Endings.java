/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.dispatch;

import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.DeadLetterReason;
import dev.eventbus.deadletter.FailedAttempt;
import dev.eventbus.internal.deadletter.DeadLetterSink;
import dev.eventbus.internal.deliver.Publication;
import dev.eventbus.internal.deliver.Subscriber;
import dev.eventbus.internal.observe.Signals;
import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.observe.ReturnedDelivery;
import dev.eventbus.observe.ReturnedDelivery.State;
import dev.eventbus.observe.Signal;
import dev.eventbus.publish.Outcome;
import dev.eventbus.subscribe.HandlerFailedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Brings deliveries to their one final outcome, with one count and one signal each (D-1). Thread-safe. */
final class Endings {
    private final Ports ports;
    private final Signals signals;
    private final DeadLetterSink deadLetters;

    Endings(Ports ports, Signals signals, DeadLetterSink deadLetters) {
        this.ports = ports;
        this.signals = signals;
        this.deadLetters = deadLetters;
    }

    void handled(Publication<?> event, int index, int attempt, @Nullable Duration elapsed, int stripe) {
        Subscriber subscriber = event.target(index).subscriber();
        if (!signals.active()) {
            if (event.settle(index, Outcome.HANDLED)) {
                subscriber.countHandled(stripe);
            }
        } else if (event.claim(index)) {
            subscriber.countHandled(stripe);
            signals.emit(
                    new Signal.Handled(event, subscriber.name(), attempt, elapsed == null ? Duration.ZERO : elapsed,
                            sincePublish(event)));
            event.finish(index, Outcome.HANDLED);
        }
    }

    private @Nullable Duration sincePublish(Publication<?> event) {
        return event.publishedNanos() == 0
                ? null
                : Duration.ofNanos(ports.clocks().monotonicNanos() - event.publishedNanos());
    }

    boolean end(Publication<?> event, int index, Outcome outcome) {
        if (!event.claim(index)) {
            return false;
        }
        Subscriber subscriber = event.target(index).subscriber();
        subscriber.countSettled(outcome);
        if (signals.active()) {
            signals.emit(new Signal.Ended(event, subscriber.name(), outcome));
        }
        event.finish(index, outcome);
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
        if (event.claim(index)) {
            keep(event, subscriber, reason, attempts, redriven);
            subscriber.countSettled(Outcome.DEAD_LETTERED);
            event.finish(index, Outcome.DEAD_LETTERED);
        }
        return null;
    }

    private void keep(Publication<?> event, Subscriber subscriber, DeadLetterReason reason,
            List<FailedAttempt> attempts,
            @Nullable DeadLetter redriven) {
        if (redriven == null) {
            deadLetters.keep(
                    new DeadLetter(ports.ids().nextId(), event, subscriber.name(), reason, attempts, ports.now()));
        } else {
            deadLetters.keepAgain(
                    new DeadLetter(redriven.id(), redriven.event(), redriven.subscription(), reason, attempts,
                            ports.now()));
        }
    }

    List<ReturnedDelivery> returned(Publication<?> event, int begun, State state, int attempts) {
        List<ReturnedDelivery> returned = new ArrayList<>();
        for (int i = 0; i < event.size(); i++) {
            String subscription = event.target(i).subscriber().name();
            if (end(event, i, Outcome.RETURNED) && !event.isRedrive()) { // a redriven letter is still in its store
                returned.add(i == begun
                        ? new ReturnedDelivery(event, subscription, state, attempts)
                        : new ReturnedDelivery(event, subscription, State.WAITING, 0));
            }
        }
        return returned;
    }
}
