/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.contract;

import dev.eventbus.breaker.CircuitState;
import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.event.EventEnvelope;
import dev.eventbus.observe.CloseReport;
import dev.eventbus.observe.ReturnedDelivery;
import dev.eventbus.observe.Signal;
import dev.eventbus.publish.BusClosedException;
import dev.eventbus.publish.Outcome;
import dev.eventbus.publish.WouldDeadlockException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Makes signals of every kind about one event. Stateless. */
final class SampleSignals {
    private static final String SUBSCRIPTION = "billing";
    private static final Duration ELAPSED = Duration.ofMillis(3);

    private SampleSignals() {
    }

    /** Makes one of each kind and of each shape that it can have, in an order in which a bus may tell them. */
    static List<Signal> about(EventEnvelope<?> event, DeadLetter letter) {
        List<Signal> signals = new ArrayList<>(List.of(
                new Signal.Published(event, 1),
                new Signal.Unmatched(event),
                new Signal.Rejected(BusClosedException.publish("contract", event.metadata().type())),
                new Signal.Rejected(WouldDeadlockException.receipt(event.id())),
                new Signal.AttemptFailed(event, SUBSCRIPTION, 1, new IllegalStateException("planted"), ELAPSED),
                new Signal.AttemptFailed(event, SUBSCRIPTION, 2, new AssertionError(), Duration.ZERO),
                new Signal.RetryScheduled(event, SUBSCRIPTION, 2, Duration.ZERO),
                new Signal.TimedOut(event, SUBSCRIPTION, 2, ELAPSED),
                new Signal.SlowHandler(event, SUBSCRIPTION, 2, ELAPSED),
                new Signal.SubscriptionStopped(event, SUBSCRIPTION, new IllegalStateException("planted")),
                new Signal.Handled(event, SUBSCRIPTION, 2, ELAPSED, ELAPSED),
                new Signal.Handled(event, SUBSCRIPTION, 3, ELAPSED, null),
                new Signal.DeadLettered(letter, true),
                new Signal.DeadLettered(letter, false),
                new Signal.LetterEdited(letter, "planted"),
                new Signal.LetterDiscarded(letter, "planted"),
                new Signal.LetterExpired(letter)));
        List.of(Outcome.PROPAGATED, Outcome.CANCELLED, Outcome.RETURNED, Outcome.DROPPED, Outcome.DUPLICATE,
                Outcome.EXPIRED)
                .forEach(outcome -> signals.add(new Signal.Ended(event, SUBSCRIPTION, outcome)));
        signals.add(new Signal.KeysForgotten(SUBSCRIPTION, 1));
        signals.add(new Signal.CircuitChanged("ledger", CircuitState.CLOSED, CircuitState.OPEN));
        signals.add(new Signal.ShutdownBegun());
        signals.add(new Signal.ShutdownEnded(report(event)));
        return signals;
    }

    private static CloseReport report(EventEnvelope<?> event) {
        List<ReturnedDelivery> returned = List.of(
                new ReturnedDelivery(event, SUBSCRIPTION, ReturnedDelivery.State.RUNNING, 1));
        return new CloseReport(true, returned, List.of(), ELAPSED, new CompletableFuture<>());
    }
}
