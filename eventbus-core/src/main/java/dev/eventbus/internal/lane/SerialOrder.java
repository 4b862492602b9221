/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.lane;

import dev.eventbus.internal.lane.Lane.State;
import dev.eventbus.internal.runtime.Timers.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One lane, fed from the inbox by the one worker there is (O-1). Thread-safe. */
final class SerialOrder implements LaneOrder {
    private final Lanes lanes;
    /** In place of a key. */
    static final Object THE_ONLY_ONE = "the only one";

    private final Lane lane = new Lane(THE_ONLY_ONE);
    // Around the consumer's side of the inbox where publishers may drop from it, else null.
    private final @Nullable ReentrantLock taking;

    SerialOrder(Lanes lanes, boolean drops) {
        this.lanes = lanes;
        this.taking = drops ? new ReentrantLock() : null;
    }

    @Override
    public @Nullable Lane next() {
        return lane.first() != null || take() ? lane : null;
    }

    private boolean take() {
        if (taking == null) {
            return takeNext();
        }
        taking.lock();
        try {
            forgetDropped(taking);
            return takeNext();
        } finally {
            taking.unlock();
        }
    }

    private boolean takeNext() {
        LaneSlot slot = lanes.inbox().peek();
        if (slot == null || !mayBegin(slot)) {
            return false;
        }
        lane.take(slot); // before it leaves the inbox: whoever lists what is in flight finds it in one of the two
        lanes.inbox().take(slot);
        return true;
    }

    @Override
    public List<LaneSlot> takeMore(Lane of, int most) {
        List<LaneSlot> taken = new ArrayList<>();
        LaneSlot first = of.first();
        if (first != null) {
            taken.add(first);
        }
        for (LaneSlot next = lanes.inbox().peek(); next != null && taken.size() < most && mayBegin(next); next = lanes
                .inbox().peek()) {
            next.sortedInto(of);
            taken.add(next);
            of.gathered(List.copyOf(taken)); // before it leaves the inbox, as above
            lanes.inbox().take(next);
        }
        return List.copyOf(taken);
    }

    // One that is being dropped holds the lane until it has its outcome: what comes after it must not begin before.
    private boolean mayBegin(LaneSlot slot) {
        return (slot.isWritten() || lanes.isClosed()) && !slot.isDropped();
    }

    @Override
    public boolean hasWork() {
        LaneSlot slot = lanes.inbox().peek();
        return lane.first() != null || (slot != null && (mayBegin(slot) || isForgotten(slot)));
    }

    private static boolean isForgotten(LaneSlot slot) {
        return slot.isDropped() && slot.event() == null;
    }

    // Also by those who drop, or dropped ones would pile up before a handler that hangs.
    private void forgetDropped(ReentrantLock held) {
        assert held.isHeldByCurrentThread();
        for (LaneSlot slot = lanes.inbox().peek(); slot != null && isForgotten(slot); slot = lanes.inbox().peek()) {
            lanes.inbox().take(slot);
        }
    }

    @Override
    public boolean hasMore() {
        return false; // there is one lane
    }

    @Override
    public void ended(Lane ended) {
        ended.clear();
    }

    @Override
    public void willWait(Lane waiting) {
        // There is no share to hold.
    }

    @Override
    public boolean await(Lane waiting) {
        lanes.crew().leaveHeld(); // first: who frees the lane lifts this
        waiting.await();
        return true;
    }

    @Override
    public void goOn(Lane waiting) {
        if (waiting.free(State.WAITING)) {
            Timer timer = waiting.endWait();
            lanes.crew().release();
            lanes.call();
            lanes.cancel(timer);
        }
    }

    @Override
    public void written(LaneSlot slot) {
        // The worker looks at the head of the inbox whenever it is called, but where it waits for more of them.
        if (lanes.isBatchFull()) {
            goOn(lane);
        }
    }

    @Override
    public void goOnAll() {
        forgetTimers();
        goOn(lane);
    }

    @Override
    public void forgetTimers() {
        lanes.cancel(lane.takeTimer());
    }

    @Override
    public List<LaneSlot> all() {
        List<LaneSlot> all = new ArrayList<>();
        lanes.inbox().each(all::add); // first: what leaves it meanwhile is in the lane before
        LaneSlot first = lane.first();
        if (first != null) {
            all.add(first);
        }
        all.addAll(lane.gathered());
        return all;
    }

    @Override
    public @Nullable LaneSlot dropOldest() {
        if (taking == null) {
            return null;
        }
        taking.lock();
        try {
            forgetDropped(taking);
            LaneSlot oldest = lanes.inbox().peek();
            while (oldest != null && oldest.isDropped()) {
                oldest = oldest.next();
            }
            if (oldest == null || !oldest.isWritten()) {
                return null;
            }
            oldest.drop();
            return oldest;
        } finally {
            taking.unlock();
        }
    }

    @Override
    public Lane laneOf(Object key) {
        return lane;
    }

    @Override
    public boolean isOverShare(Object key) {
        return false;
    }

    @Override
    public boolean giveWay(Object key) {
        return false;
    }

    @Override
    public void awaitShare(Object key, long deadlineNanos, BooleanSupplier refused) {
        // There are no keys.
    }

    @Override
    public void wakeShares() {
        // Nobody waits for one.
    }

    @Override
    public boolean isPaused(Object key) {
        return false;
    }

    @Override
    public @Nullable LaneSlot roomMaker(@Nullable Object key) {
        LaneSlot first = lane.first();
        return first == null ? lanes.inbox().peek() : first;
    }

    @Override
    public void pause(Object key) {
        throw lanes.notByKey();
    }

    @Override
    public void resume(Object key) {
        throw lanes.notByKey();
    }

    @Override
    public int pausedInFlight() {
        return 0;
    }
}
