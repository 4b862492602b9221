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
import dev.eventbus.internal.entry.Entry;
import dev.eventbus.internal.idempotency.Claim;
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

    /** Whether a delivery may be handled. */
    sealed interface Entered {
        /**
         * It may.
         *
         * @param claim what must be ended after the attempt, or null
         */
        record In(@Nullable Claim claim) implements Entered {}

        /** It has its outcome. */
        record Ended() implements Entered {}

        /**
         * It waits.
         *
         * @param nanos how long, or {@code Entry.Wait.UNTIL_TOLD}
         * @param forRoom whether for room in its sequence
         */
        record Later(long nanos, boolean forRoom) implements Entered {}
    }

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
            if (context.entries().isFree(event, subscriber) && !slot.mustGiveWay()) {
                return call(worker, lane, slot, event);
            }
            return switch (ask(lane, slot, event, true)) {
                case Entered.In in -> holding(in.claim(), worker, lane, slot, event);
                case Entered.Ended ended -> OVER;
                case Entered.Later later -> later.forRoom() ? redriveInstead(worker, lane, slot) : later.nanos();
            };
        } catch (Throwable broken) { // no handler gets here, only what the bus was given, or the end of stack or heap
            giveUpUnattempted(slot, event, broken);
            return OVER;
        }
    }

    /* ---------------- entry ---------------- */

    /**
     * Asks for the entry of one delivery of a batch. Throws nothing.
     *
     * @param first whether none has entered before it: then it may be given up, else its letter would come before theirs
     */
    Entered enter(Lane lane, LaneSlot slot, boolean first) {
        Publication<?> event = slot.event();
        if (event == null || !event.isOpen(slot.index())) {
            return new Entered.Ended();
        }
        try {
            if (lanes.isClosed()) {
                context.endings().end(event, slot.index(), Outcome.CANCELLED);
                return new Entered.Ended();
            }
            return ask(lane, slot, event, first);
        } catch (Throwable broken) {
            giveUpUnattempted(slot, event, broken);
            return new Entered.Ended();
        }
    }

    private Entered ask(Lane lane, LaneSlot slot, Publication<?> event, boolean first) {
        lane.waitsFor(null); // what it waited for before has no say in the next wait
        DeliveryRound round = slot.round();
        DeadLetterReason reason = round == null ? null : overdue(slot, event);
        if (reason != null && !first) {
            return new Entered.Later(0, false);
        }
        if (round != null && reason != null) {
            giveUp(slot, event, reason, round.lastFailure(), round.attempts());
            return new Entered.Ended();
        }
        Wake wake = new Wake(lanes.order(), lane);
        return switch (context.entries().enter(event, slot.index(), round, wake)) {
            case Entry.Enter entered -> new Entered.In(entered.claim());
            case Entry.Over over -> new Entered.Ended();
            case Entry.Wait wait -> {
                if (wait.forRoom()) {
                    wake.waitsForRoom();
                }
                lane.waitsFor(wake);
                yield new Entered.Later(wait.nanos(), wait.forRoom());
            }
            case Entry.Broken broken -> {
                long wait = first ? failed(slot, event, new AttemptResult.Failed(broken.failure(), null)) : 0;
                yield wait == OVER ? new Entered.Ended() : new Entered.Later(wait, false);
            }
        };
    }

    // a key that is held for want of room must not keep the redrive waiting that makes it. A letter that is offered
    // after this look tells the wake, which is known by now.
    private long redriveInstead(Worker worker, Lane lane, LaneSlot held) {
        LaneSlot redriven = lanes.redriven().of(held);
        if (redriven == null) {
            return Entry.Wait.UNTIL_TOLD;
        }
        redriven.sortedInto(lane);
        lane.calls(List.of(redriven));
        long wait = attempt(worker, lane, redriven); // its own turn finds it over
        lane.calls(List.of());
        if (wait != OVER) {
            return wait;
        }
        redriven.giveBackOnce(); // or redrives that fail again would fill the buffer
        return 0;
    }

    // Why one that has failed before is not attempted again.
    private static @Nullable DeadLetterReason overdue(LaneSlot slot, Publication<?> event) {
        if (slot.mustGiveWay()) {
            return DeadLetterReason.KEY_SHARE_FULL;
        }
        return event.expires() && event.isExpired() ? DeadLetterReason.EXPIRED : null;
    }

    /* ---------------- the call ---------------- */

    // The plain path: no allocation, no clock.
    private long call(Worker worker, Lane lane, LaneSlot slot, Publication<?> event) {
        int number = nextAttempt(slot);
        AttemptResult result = result(worker, lane, slot, event, number);
        return result == null ? CUT : settle(worker, slot, event, result, number);
    }

    // I-1: the claim ends before the outcome, whatever the clock or the runtime does.
    private long holding(@Nullable Claim claim, Worker worker, Lane lane, LaneSlot slot, Publication<?> event) {
        int number = nextAttempt(slot);
        AttemptResult result = null;
        try {
            result = result(worker, lane, slot, event, number);
        } finally {
            Claim.end(claim, result instanceof AttemptResult.Succeeded);
        }
        return result == null ? CUT : settle(worker, slot, event, result, number);
    }

    private @Nullable AttemptResult result(Worker worker, Lane lane, LaneSlot slot, Publication<?> event, int number) {
        if (!worker.begin(lane, slot, number)) {
            return null;
        }
        if (slot.round() != null) {
            subscriber.countRetry();
        }
        return worker.end(context.deliver().attempt(event.target(slot.index()), event, number));
    }

    private long settle(Worker worker, LaneSlot slot, Publication<?> event, AttemptResult result, int number) {
        if (result instanceof AttemptResult.Succeeded handled) {
            context.endings().handled(event, slot.index(), subscriber, number, handled.elapsed(), stripe);
            return OVER;
        }
        AttemptResult.Failed failed = (AttemptResult.Failed) result;
        noteFatal(worker, failed);
        return failed(slot, event, failed);
    }

    static int nextAttempt(LaneSlot slot) {
        DeliveryRound round = slot.round();
        if (round != null) {
            return round.nextAttempt();
        }
        return slot.redriven() == null ? 1 : DeliveryRound.nextAttempt(slot.redriven().attempts());
    }

    private static void noteFatal(Worker worker, AttemptResult.Failed failed) {
        if (endsThreads(failed.failure())) {
            worker.dies((VirtualMachineError) failed.failure());
        }
    }

    /* ---------------- failure ---------------- */

    private long failed(LaneSlot slot, Publication<?> event, AttemptResult.Failed failed) {
        if (!event.isOpen(slot.index())) {
            return OVER; // a shutdown has returned the delivery, and this attempt with it
        }
        DeliveryRound round = noteFailure(slot, event, failed);
        round.stoodStill(slot.stoodStillSinceFailure(lanes.stoodStillNanos()));
        return switch (round.failed(failed)) {
            case RetryDecision.GiveUp stop -> giveUp(slot, event, stop.reason(), failed.failure(), round.attempts());
            case RetryDecision.Propagate thrown -> // refused when subscribing; as if it said give up
                giveUp(slot, event, DeadLetterReason.NOT_RETRYABLE, failed.failure(), round.attempts());
            case RetryDecision.Stop stop -> stop(slot, event, round, failed.failure());
            case RetryDecision.Retry again -> retry(slot, event, round, again.delayNanos());
        };
    }

    /** Takes down that a call of several has failed; what each of them comes to, later ones show. */
    void failedTogether(Worker worker, LaneSlot slot, Publication<?> event, AttemptResult.Failed failed) {
        noteFatal(worker, failed);
        if (event.isOpen(slot.index())) {
            DeliveryRound round = noteFailure(slot, event, failed);
            round.split(failed);
            slot.failed(round);
        }
    }

    private DeliveryRound noteFailure(LaneSlot slot, Publication<?> event, AttemptResult.Failed failed) {
        DeliveryRound round = roundOf(slot, event);
        subscriber.countFailedAttempt();
        if (context.signals().active()) {
            Duration elapsed = failed.elapsed() == null ? Duration.ZERO : failed.elapsed();
            context.signals().tell(new Signal.AttemptFailed(event, subscriber.name(), round.nextAttempt(),
                    failed.failure(), elapsed));
        }
        return round;
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

    // It stays first in its lane, to be attempted again after a resume. A redrive would wait for that: its letter stays.
    private long stop(LaneSlot slot, Publication<?> event, DeliveryRound round, Throwable failure) {
        subscriber.stop(failure);
        if (context.signals().active()) {
            context.signals().tell(new Signal.SubscriptionStopped(event, subscriber.name(), failure));
        }
        if (slot.redriven() != null) {
            return giveUp(slot, event, DeadLetterReason.NOT_RETRYABLE, failure, round.attempts());
        }
        slot.failed(round);
        return 0;
    }

    private long giveUp(LaneSlot slot, Publication<?> event, DeadLetterReason reason, Throwable failure,
            List<FailedAttempt> attempts) {
        context.endings().giveUp(event, slot.index(), reason, failure, attempts, slot.redriven());
        return OVER;
    }

    /** Ends a delivery that something has kept from being attempted which is no handler. Throws nothing. */
    void giveUpUnattempted(LaneSlot slot, Publication<?> event, Throwable broken) {
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
