/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.lane;

import dev.eventbus.internal.deliver.AttemptResult;
import dev.eventbus.internal.deliver.DeliveryScope;
import dev.eventbus.internal.deliver.PermittedCall;
import dev.eventbus.internal.deliver.Publication;
import dev.eventbus.internal.deliver.Scopes;
import dev.eventbus.internal.deliver.Slot;
import dev.eventbus.internal.deliver.Target;
import org.jspecify.annotations.Nullable;

/**
 * A virtual thread that takes lanes and delivers, until there is nothing to do; then it ends.
 *
 * <p>After many turns, when it has run out of work, and after an error that ends threads, it leaves the rest to a fresh
 * one: virtual threads are not preempted, and other subscriptions want a turn too. Only one that finds nothing at all
 * ends without that. Confined to its thread, but where said otherwise.
 */
final class Worker implements Runnable, DeliveryScope {
    private static final int TURNS = 1_024;

    private final Lanes lanes;
    private final LaneContext context;
    private final LaneDelivery delivery;
    private final @Nullable Guard guard; // of subscriptions that are watched
    private volatile @Nullable Thread thread; // written by itself first; a shutdown interrupts it
    private @Nullable LaneSlot slot; // what is being attempted; others may read old values
    private int attempt;
    private volatile boolean inHandler;
    private Gate.Answer.@Nullable Pass pass; // of a gated subscription, from before a delivery is taken until it has run
    private boolean called; // the handler, with that pass
    private @Nullable PermittedCall permitted; // the same; written before its turn begins, read by the watch
    private @Nullable VirtualMachineError fatal;

    Worker(Lanes lanes, LaneContext context, LaneDelivery delivery) {
        this.lanes = lanes;
        this.context = context;
        this.delivery = delivery;
        this.guard = lanes.watch() == null ? null : new Guard(lanes.watch(), this, context.ports());
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        lanes.crew().arrive();
        if (guard != null) {
            guard.join();
        }
        Scopes.set(this);
        boolean atWork = true;
        try {
            atWork = work();
        } finally {
            Scopes.set(null);
            if (atWork) {
                lanes.crew().leave();
                lanes.callFromRoom();
            }
            lanes.workerLeft(); // also with a lane that waits: where it was paused meanwhile nobody else looks
            if (guard != null) {
                guard.leave();
            }
        }
        if (fatal != null) {
            throw fatal; // D-5: to the thread's uncaught exception handler
        }
    }

    // True if there may be more to do: the caller leaves and calls another.
    private boolean work() {
        for (int turn = 0; turn < TURNS && fatal == null; turn++) {
            Lane lane = lanes.crew().isSentAway() ? null : next();
            if (lane == null && turn > 0) {
                return true; // the last look is a fresh one's: what is published until its turn comes starts no thread
            }
            if (lane == null ? !stays() : deliver(lane)) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Lane next() {
        Gate gate = lanes.gate();
        if (gate == null) {
            return lanes.order().next();
        }
        pass = lanes.order().hasWork() ? gate.pass() : null;
        Lane lane = pass == null ? null : lanes.order().next();
        if (lane == null) {
            giveBackPass();
        }
        return lane;
    }

    private void giveBackPass() {
        Gate gate = lanes.gate();
        if (pass == null || gate == null) {
            return; // the plain path
        }
        if (!called) {
            gate.unused(pass);
        }
        pass = null;
        called = false;
        permitted = null;
    }

    // Who adds work does so before it calls; so one of the two sees the other.
    private boolean stays() {
        lanes.crew().leave();
        context.ports().runtime().mark("idle");
        return lanes.order().hasWork() && lanes.crew().comeBack();
    }

    // True if the worker has left, since its one lane waits.
    private boolean deliver(Lane lane) {
        if (lanes.order().hasMore()) {
            lanes.callFromRoom();
        }
        LaneSlot first = lane.first();
        if (first == null) {
            giveBackPass();
            return false;
        }
        BatchDelivery batches = lanes.batches();
        long wait = batches == null ? delivery.attempt(this, lane, first) : batches.attempt(this, lane);
        lane.ended(); // not before its outcome, or a shutdown would say that it had never been called
        slot = null; // the same: what observers publish when it ends follows from it
        giveBackPass();
        if (wait == LaneDelivery.CUT) {
            giveBackIfReturned(first);
            return false; // a shutdown has the lane now
        }
        if (wait != LaneDelivery.OVER) {
            return lanes.await(lane, wait);
        }
        if (batches == null) {
            end(lane, first);
        }
        return false;
    }

    private void end(Lane lane, LaneSlot first) {
        first.over();
        lanes.order().ended(lane);
        context.ports().runtime().mark("ended");
        if (lanes.crew().isCut() || first.isReleased()) {
            first.giveBackOnce();
        } else {
            lanes.gaveBack();
        }
    }

    // A shutdown that has seen it running leaves this to its worker, and one that comes later sees that it is not.
    private static void giveBackIfReturned(LaneSlot taken) {
        Publication<?> event = taken.event();
        if (event == null || !event.isOpen(taken.index())) {
            taken.giveBackOnce();
        }
    }

    /* ---------------- around an attempt ---------------- */

    /** Notes the attempt that is about to begin; false if a shutdown was faster, and it must not. */
    boolean begin(Lane lane, LaneSlot first, int number) {
        boolean unused = Thread.interrupted(); // an observer's or a store's
        slot = first;
        attempt = number;
        lane.begins(this);
        if (lanes.crew().isCut()) {
            return false;
        }
        inHandler = true;
        if (pass != null) {
            permitted = pass.permit() == null ? null : PermittedCall.begin(pass.permit(), context.ports());
        }
        if (guard != null) {
            guard.begin();
        }
        called = pass != null; // not before: where a clock throws the pass is given back
        return true;
    }

    /** Notes that it is over; returns what it came to. Nothing that was meant for it reaches what follows. */
    AttemptResult end(AttemptResult result) {
        AttemptResult counts = guard == null ? result : guard.end(result);
        inHandler = false;
        boolean unused = Thread.interrupted();
        if (permitted != null) {
            permitted.ended(counts, lanes.crew().isCut());
        }
        return counts;
    }

    /** Returns the call as the breaker knows it, for the watch that has just timed it out; null without a breaker. */
    @Nullable PermittedCall permitted() {
        return permitted;
    }

    /** Tells whether an interrupt would reach a handler, and not what the bus does around it. */
    boolean isInHandler() {
        return inHandler;
    }

    void dies(VirtualMachineError error) {
        fatal = error;
    }

    @Nullable Thread thread() {
        return thread;
    }

    Lanes lanes() {
        return lanes;
    }

    @Nullable LaneSlot slot() {
        return slot;
    }

    /* ---------------- the scope ---------------- */

    @Override
    public @Nullable Publication<?> event() {
        LaneSlot now = slot;
        return now == null ? null : now.event();
    }

    @Override
    public @Nullable Target target() {
        LaneSlot now = slot;
        Publication<?> event = now == null ? null : now.event();
        return now == null || event == null ? null : event.target(now.index());
    }

    @Override
    public int attempt() {
        return attempt;
    }

    @Override
    public @Nullable DeliveryScope outer() {
        return null;
    }

    // Its own event, and those that wait behind it in its lane.
    @Override
    public boolean mustHandle(Publication<?> other) {
        LaneSlot mine = slot;
        if (mine == null || other.equals(mine.event())) {
            return mine != null;
        }
        for (Slot at = other.slots(); at != null; at = at.sibling()) {
            if (at instanceof LaneSlot theirs && theirs.lanes().equals(lanes) && theirs.waitsBehind(mine)
                    && other.isOpen(theirs.index())) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean holds(Slot other) {
        return other.equals(slot);
    }

    @Override
    public DeliveryScope carry() {
        return new CarriedDelivery(lanes, event(), target(), attempt);
    }
}
