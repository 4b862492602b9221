/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.lane;

import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.DeadLetterReason;
import dev.eventbus.deadletter.FailedAttempt;
import dev.eventbus.internal.deliver.AttemptResult;
import dev.eventbus.internal.deliver.DeliveryRound;
import dev.eventbus.internal.deliver.Publication;
import dev.eventbus.internal.deliver.StripedCounter;
import dev.eventbus.internal.deliver.Subscriber;
import dev.eventbus.internal.retry.RetryDecision;
import dev.eventbus.observe.Signal;
import dev.eventbus.publish.Outcome;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Attempts the first delivery of a lane, and carries out what follows from it. Thread-safe. */
final class LaneDelivery {
    /** The delivery has its outcome. */
    static final long OVER = -1;
    /** A shutdown has taken the lane. */
    static final long CUT = -2;

    private final Lanes lanes;
    private final LaneContext context;
    private final Subscriber subscriber;
    private final int stripe; // of a counter that only the lane's owner writes

    LaneDelivery(Lanes lanes, LaneContext context) {
        this.lanes = lanes;
        this.context = context;
        this.subscriber = lanes.subscriber();
        this.stripe = lanes.order() instanceof SerialOrder ? 0 : StripedCounter.NO_STRIPE;
    }

    /** Attempts once; returns OVER, CUT, or the nanoseconds to wait for the next attempt. Throws nothing. */
    long attempt(Worker worker, Lane lane, LaneSlot slot) {
        Publication<?> event = slot.event();
        if (event == null || !event.isOpen(slot.index())) {
            return OVER; // a shutdown has returned it
        }
        try {
            if (lanes.isClosed()) {
                context.endings().end(event, slot.index(), Outcome.CANCELLED);
                return OVER;
            }
            return attempt(worker, lane, slot, event);
        } catch (Throwable broken) { // no handler gets here, only what the bus was given, or the end of stack or heap
            giveUpUnattempted(slot, event, broken);
            return OVER;
        }
    }

    // The plain path: no allocation, no clock.
    private long attempt(Worker worker, Lane lane, LaneSlot slot, Publication<?> event) {
        DeliveryRound round = slot.round();
        int number = 1;
        if (round != null) {
            number = round.nextAttempt();
        } else if (slot.redriven() != null) {
            number = DeliveryRound.nextAttempt(slot.redriven().attempts());
        }
        if (!worker.begin(lane, slot, number)) {
            return CUT;
        }
        if (round != null) {
            subscriber.countRetry();
        }
        AttemptResult result = context.deliver().attempt(event.target(slot.index()), event, number);
        result = worker.end(result);
        if (result instanceof AttemptResult.Succeeded handled) {
            context.endings().handled(event, slot.index(), subscriber, number, handled.elapsed(), stripe);
            return OVER;
        }
        return failed(worker, slot, event, (AttemptResult.Failed) result);
    }

    private long failed(Worker worker, LaneSlot slot, Publication<?> event, AttemptResult.Failed failed) {
        if (endsThreads(failed.failure())) {
            worker.dies((VirtualMachineError) failed.failure());
        }
        if (!event.isOpen(slot.index())) {
            return OVER; // a shutdown has returned the delivery, and this attempt with it
        }
        DeliveryRound round = roundOf(slot, event);
        subscriber.countFailedAttempt();
        if (context.signals().active()) {
            Duration elapsed = failed.elapsed() == null ? Duration.ZERO : failed.elapsed();
            context.signals().tell(new Signal.AttemptFailed(event, subscriber.name(), round.nextAttempt(),
                    failed.failure(), elapsed));
        }
        return switch (round.failed(failed)) {
            case RetryDecision.GiveUp stop -> giveUp(slot, event, stop.reason(), failed.failure(), round.attempts());
            case RetryDecision.Retry again -> retry(slot, event, round, again.delayNanos());
            case RetryDecision.Propagate no ->
                giveUp(slot, event, DeadLetterReason.NOT_RETRYABLE, failed.failure(), round.attempts());
            case RetryDecision.Stop no ->
                giveUp(slot, event, DeadLetterReason.NOT_RETRYABLE, failed.failure(), round.attempts());
        };
    }

    private DeliveryRound roundOf(LaneSlot slot, Publication<?> event) {
        DeliveryRound round = slot.round();
        return round == null
                ? new DeliveryRound(event.target(slot.index()), context.ports(), attemptsBefore(slot.redriven()))
                : round;
    }

    private static List<FailedAttempt> attemptsBefore(@Nullable DeadLetter redriven) {
        return redriven == null ? List.of() : redriven.attempts();
    }

    private long retry(LaneSlot slot, Publication<?> event, DeliveryRound round, long delayNanos) {
        slot.failed(round);
        if (context.signals().active()) {
            context.signals().tell(new Signal.RetryScheduled(event, subscriber.name(), round.nextAttempt(),
                    Duration.ofNanos(delayNanos)));
        }
        return delayNanos;
    }

    private long giveUp(LaneSlot slot, Publication<?> event, DeadLetterReason reason, Throwable failure,
            List<FailedAttempt> attempts) {
        context.endings().giveUp(event, slot.index(), reason, failure, attempts, slot.redriven());
        return OVER;
    }

    private void giveUpUnattempted(LaneSlot slot, Publication<?> event, Throwable broken) {
        try {
            if (slot.redriven() != null) {
                context.endings().end(event, slot.index(), Outcome.DEAD_LETTERED); // the letter stays as it was
            } else {
                DeliveryRound round = slot.round();
                giveUp(slot, event, DeadLetterReason.NOT_RETRYABLE, broken,
                        round == null ? List.of() : round.attempts());
            }
        } catch (Throwable still) {
            context.endings().lost(event, slot.index(), still);
        }
    }

    /** Tells whether a failure is one that threads are not to survive (D-5). */
    static boolean endsThreads(@Nullable Throwable failure) {
        return failure instanceof VirtualMachineError && !(failure instanceof StackOverflowError);
    }
}
