/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.dispatch;

import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.DeadLetterReason;
import dev.eventbus.internal.deliver.AttemptResult;
import dev.eventbus.internal.deliver.DeliverStage;
import dev.eventbus.internal.deliver.DeliveryRound;
import dev.eventbus.internal.deliver.Publication;
import dev.eventbus.internal.deliver.Subscriber;
import dev.eventbus.internal.deliver.Target;
import dev.eventbus.internal.observe.Signals;
import dev.eventbus.internal.retry.RetryDecision;
import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.observe.Signal;
import dev.eventbus.publish.Outcome;
import dev.eventbus.subscribe.HandlerFailedException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Brings one delivery to its end in the caller's thread: attempts, waits between them, gives up. Thread-safe. */
final class CallerDelivery {
    private final Ports ports;
    private final Signals signals;
    private final DeliverStage deliver;
    private final Endings endings;

    CallerDelivery(Ports ports, Signals signals, DeliverStage deliver, Endings endings) {
        this.ports = ports;
        this.signals = signals;
        this.deliver = deliver;
        this.endings = endings;
    }

    /** Delivers an event to its targets, one after the other in the order in which they subscribed. */
    void all(CallerLane lane, Publication<?> event) {
        for (int index = 0; index < event.size(); index++) {
            if (event.isOpen(index) && !lane.isCut()) {
                one(lane, event, index);
            }
        }
    }

    private void one(CallerLane lane, Publication<?> event, int index) {
        Target target = event.target(index);
        Throwable undecided = event.filterFailure(index);
        if (target.subscriber().isClosed()) {
            endings.end(event, index, Outcome.CANCELLED);
        } else if (undecided != null) {
            giveUp(new Troubled(lane, event, index, new DeliveryRound(target, ports, List.of()), null),
                    DeadLetterReason.FILTER_FAILED, undecided);
        } else {
            lane.begin(target, index, 1);
            AttemptResult result = deliver.attempt(target, event, 1);
            switch (result) {
                case AttemptResult.Succeeded handled ->
                    endings.handled(event, index, 1, handled.elapsed(), lane.stripe());
                case AttemptResult.Failed failed ->
                    untilEnded(new Troubled(lane, event, index, new DeliveryRound(target, ports, List.of()), null),
                            failed);
            }
            lane.ended();
        }
    }

    /** Delivers the event of a letter once more, to the letter's subscription. */
    void redrive(CallerLane lane, Publication<?> event, DeadLetter letter) {
        DeliveryRound round = new DeliveryRound(event.target(0), ports, letter.attempts());
        Troubled delivery = new Troubled(lane, event, 0, round, letter);
        if (delivery.subscriberClosed()) {
            endings.end(event, 0, Outcome.CANCELLED);
        } else {
            untilEnded(delivery, attempt(delivery));
        }
        lane.ended();
    }

    // From the first failure on: this path may allocate and read clocks.
    private void untilEnded(Troubled delivery, AttemptResult first) {
        AttemptResult result = first;
        while (result instanceof AttemptResult.Failed failed) {
            if (delivery.lane.isCut()) {
                return; // the shutdown has returned the delivery, and this attempt with it
            }
            noteFailure(delivery, failed.failure());
            if (!goesOn(delivery, failed)) {
                return;
            }
            delivery.subscriber().countRetry();
            result = attempt(delivery);
        }
        if (result instanceof AttemptResult.Succeeded handled) {
            endings.handled(delivery.event, delivery.index, delivery.round.nextAttempt(), handled.elapsed(),
                    delivery.lane.stripe());
        }
    }

    private AttemptResult attempt(Troubled delivery) {
        int number = delivery.round.nextAttempt();
        Target target = delivery.event.target(delivery.index);
        delivery.lane.begin(target, delivery.index, number);
        return deliver.attempt(target, delivery.event, number);
    }

    private static void noteFailure(Troubled delivery, Throwable failure) {
        delivery.subscriber().countFailedAttempt();
        if (failure instanceof InterruptedException) {
            delivery.lane.noteInterrupt(true);
        }
        if (failure instanceof VirtualMachineError fatal && !(failure instanceof StackOverflowError)) {
            delivery.lane.propagation().add(fatal);
        }
    }

    private boolean goesOn(Troubled delivery, AttemptResult.Failed failed) {
        return switch (delivery.round.failed(failed)) {
            case RetryDecision.GiveUp stop -> {
                giveUp(delivery, stop.reason(), failed.failure());
                yield false;
            }
            case RetryDecision.RetryAfter wait -> goesOnAfter(delivery, wait.delayNanos(), failed.failure());
        };
    }

    private boolean goesOnAfter(Troubled delivery, long delayNanos, Throwable failure) {
        delivery.lane.backsOff(delivery.round.nextAttempt());
        if (signals.active()) {
            signals.emit(new Signal.RetryScheduled(delivery.event, delivery.subscriber().name(),
                    delivery.round.nextAttempt(), Duration.ofNanos(delayNanos)));
        }
        boolean waited = delivery.lane.backOff(delayNanos);
        if (delivery.lane.isCut()) {
            return false;
        }
        if (delivery.subscriberClosed()) {
            endings.end(delivery.event, delivery.index, Outcome.CANCELLED);
            return false;
        }
        if (!waited) {
            giveUp(delivery, DeadLetterReason.INTERRUPTED, failure);
        }
        return waited;
    }

    /** Ends the open deliveries of an event without calling their handlers. */
    void giveUpAll(CallerLane lane, Publication<?> event, Throwable failure) {
        for (int index = 0; index < event.size(); index++) {
            if (event.isOpen(index)) {
                DeliveryRound none = new DeliveryRound(event.target(index), ports, List.of());
                giveUp(new Troubled(lane, event, index, none, null), DeadLetterReason.NOT_RETRYABLE, failure);
            }
        }
    }

    private void giveUp(Troubled delivery, DeadLetterReason reason, Throwable failure) {
        HandlerFailedException thrown = endings.giveUp(delivery.event, delivery.index, reason, failure,
                delivery.round.attempts(), delivery.redriven);
        if (thrown != null) {
            delivery.lane.propagation().add(thrown);
        }
    }

    /** A delivery that has failed at least once, or was given up before. */
    private record Troubled(CallerLane lane, Publication<?> event, int index, DeliveryRound round,
            @Nullable DeadLetter redriven) {
        Subscriber subscriber() {
            return event.target(index).subscriber();
        }

        boolean subscriberClosed() {
            return subscriber().isClosed();
        }
    }
}
