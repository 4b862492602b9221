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
import dev.eventbus.internal.deliver.Undecided;
import dev.eventbus.internal.entry.EntryStage;
import dev.eventbus.internal.observe.Signals;
import dev.eventbus.internal.outcome.Endings;
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
    private final CallerAttempt attempts;

    CallerDelivery(Ports ports, Signals signals, DeliverStage deliver, EntryStage entries, Endings endings) {
        this.ports = ports;
        this.signals = signals;
        this.deliver = deliver;
        this.endings = endings;
        this.attempts = new CallerAttempt(ports, deliver, entries);
    }

    /** Delivers an event to its targets, one after the other in the order in which they subscribed. */
    void all(CallerLane lane, Publication<?> event) {
        for (int index = 0; index < event.size(); index++) {
            if (event.isOpen(index) && event.target(index).inlet() == null) {
                one(lane, event, index);
            }
        }
    }

    // The plain path: no allocation, no clock, no switch over types (which the compiler does not inline).
    private void one(CallerLane lane, Publication<?> event, int index) {
        Target target = event.target(index);
        Subscriber subscriber = target.subscriber();
        Undecided undecided = event.undecided(index);
        if (subscriber.isClosed()) {
            endings.end(event, index, Outcome.CANCELLED);
        } else if (undecided != null) {
            giveUp(failing(lane, event, index), undecided.reason(), undecided.failure());
        } else if (!target.isPlain() || event.expires()) {
            FailingDelivery delivery = failing(lane, event, index);
            untilEnded(delivery, attempt(delivery));
            lane.ended();
        } else if (lane.begin(index, 1)) {
            AttemptResult result = deliver.attempt(target, event, 1);
            if (result instanceof AttemptResult.Succeeded handled) {
                endings.handled(event, index, subscriber, 1, handled.elapsed(), lane.stripe());
            } else {
                untilEnded(failing(lane, event, index), result);
            }
            lane.ended();
        }
    }

    private FailingDelivery failing(CallerLane lane, Publication<?> event, int index) {
        return new FailingDelivery(lane, event, index, new DeliveryRound(event.target(index), ports, List.of()), null);
    }

    /** Delivers the event of a letter once more, to the letter's subscription. */
    void redrive(CallerLane lane, Publication<?> event, DeadLetter letter) {
        DeliveryRound round = new DeliveryRound(event.target(0), ports, letter.attempts());
        FailingDelivery delivery = new FailingDelivery(lane, event, 0, round, letter);
        if (delivery.subscriberClosed()) {
            endings.end(event, 0, Outcome.CANCELLED);
        } else {
            untilEnded(delivery, attempt(delivery));
        }
        lane.ended();
    }

    // From the first failure on: this path may allocate and read clocks.
    private void untilEnded(FailingDelivery delivery, @Nullable AttemptResult first) {
        AttemptResult result = first;
        while (result instanceof AttemptResult.Failed failed) {
            if (delivery.lane.isCut()) {
                return; // the shutdown has returned the delivery, and this attempt with it
            }
            noteFailure(delivery, failed.failure());
            if (signals.active()) {
                Duration elapsed = failed.elapsed() == null ? Duration.ZERO : failed.elapsed();
                signals.tell(new Signal.AttemptFailed(delivery.event, delivery.subscriber().name(),
                        delivery.round.nextAttempt(), failed.failure(), elapsed));
            }
            if (!goesOn(delivery, failed)) {
                return;
            }
            delivery.subscriber().countRetry();
            result = attempt(delivery);
        }
        if (result instanceof AttemptResult.Succeeded handled) {
            endings.handled(delivery.event, delivery.index, delivery.subscriber(), delivery.round.nextAttempt(),
                    handled.elapsed(), delivery.lane.stripe());
        }
    }

    // Nothing if the delivery has its outcome, or a shutdown has returned it.
    private @Nullable AttemptResult attempt(FailingDelivery delivery) {
        return switch (attempts.attempt(delivery.lane, delivery.event, delivery.index, delivery.round)) {
            case CallerAttempt.Answer.Attempted attempted -> attempted.result();
            case CallerAttempt.Answer.Ended ended -> null;
            case CallerAttempt.Answer.NotAttempted not -> {
                giveUp(delivery, not.reason(), not.failure());
                yield null;
            }
        };
    }

    private static void noteFailure(FailingDelivery delivery, Throwable failure) {
        delivery.subscriber().countFailedAttempt();
        if (failure instanceof InterruptedException) {
            delivery.lane.noteInterrupt(true);
        }
        if (failure instanceof VirtualMachineError fatal && !(failure instanceof StackOverflowError)) {
            delivery.lane.propagation().add(fatal);
        }
    }

    private boolean goesOn(FailingDelivery delivery, AttemptResult.Failed failed) {
        return switch (delivery.round.failed(failed)) {
            case RetryDecision.GiveUp stop -> {
                giveUp(delivery, stop.reason(), failed.failure());
                yield false;
            }
            case RetryDecision.Retry wait -> goesOnAfter(delivery, wait.delayNanos(), failed.failure());
            case RetryDecision.Propagate thrown -> {
                propagate(delivery, failed.failure());
                yield false;
            }
            case RetryDecision.Stop refused -> { // when subscribing; as if it said give up
                giveUp(delivery, DeadLetterReason.NOT_RETRYABLE, failed.failure());
                yield false;
            }
        };
    }

    private boolean goesOnAfter(FailingDelivery delivery, long delayNanos, Throwable failure) {
        if (delivery.subscriberClosed()) {
            endings.end(delivery.event, delivery.index, Outcome.CANCELLED);
            return false;
        }
        delivery.lane.backsOff(delivery.round.nextAttempt() - 1);
        if (signals.active()) {
            signals.tell(new Signal.RetryScheduled(delivery.event, delivery.subscriber().name(),
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
            if (event.isOpen(index) && event.target(index).inlet() == null) {
                giveUpUnattempted(lane, event, index, failure);
            }
        }
    }

    private void giveUpUnattempted(CallerLane lane, Publication<?> event, int index, Throwable failure) {
        try {
            if (event.isRedrive()) {
                endings.end(event, index, Outcome.DEAD_LETTERED); // the letter stays as it was
            } else {
                giveUp(failing(lane, event, index), DeadLetterReason.NOT_RETRYABLE, failure);
            }
        } catch (Throwable still) {
            endings.lost(event, index, still);
        }
    }

    private void giveUp(FailingDelivery delivery, DeadLetterReason reason, Throwable failure) {
        HandlerFailedException thrown = endings.giveUp(delivery.event, delivery.index, reason, failure,
                delivery.round.attempts(), delivery.redriven);
        if (thrown != null) {
            delivery.lane.propagation().add(thrown);
        }
    }

    private void propagate(FailingDelivery delivery, Throwable failure) {
        HandlerFailedException thrown = endings.propagate(delivery.event, delivery.index, failure,
                delivery.round.attempts());
        if (thrown != null) {
            delivery.lane.propagation().add(thrown);
        }
    }

    /** A delivery that has failed at least once, or was given up before. */
    private record FailingDelivery(CallerLane lane, Publication<?> event, int index, DeliveryRound round,
            @Nullable DeadLetter redriven) {
        Subscriber subscriber() {
            return event.target(index).subscriber();
        }

        boolean subscriberClosed() {
            return subscriber().isClosed();
        }
    }
}
