/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.lane;

import dev.eventbus.internal.runtime.Timers.Timer;
import dev.eventbus.internal.runtime.WaitPoint;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Deliveries that are handled one after the other.
 *
 * <p>Owned by the worker that has taken it, until it is given on. {@code FREE -> STALLED} when its first delivery may
 * not begin, {@code FREE -> WAITING} when that waits for its next attempt, both by the owner, which owns it no longer
 * then; back by whoever changes the reason, by one compare-and-set.
 */
final class Lane {
    /** Why nobody owns a lane that has deliveries. */
    enum State {
        /** Somebody owns it, or it is ready to be taken, or empty. */
        FREE,
        /** Its first delivery is not written yet, or its key is paused. */
        STALLED,
        /** Its first delivery has failed and waits for the next attempt. */
        WAITING
    }

    private static final VarHandle STATE;
    private static final VarHandle FIRST;
    private static final VarHandle QUEUED;
    private static final VarHandle RUNNING;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            STATE = lookup.findVarHandle(Lane.class, "state", State.class);
            FIRST = lookup.findVarHandle(Lane.class, "first", LaneSlot.class);
            QUEUED = lookup.findVarHandle(Lane.class, "queued", int.class);
            RUNNING = lookup.findVarHandle(Lane.class, "running", Worker.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final Object key;
    private volatile int queued; // VarHandle QUEUED: up by who sorts, down by the owner
    private volatile State state = State.FREE; // VarHandle STATE
    private volatile @Nullable LaneSlot first; // the delivery in attempts; by who sorts when empty, else by the owner
    private @Nullable LaneSlot last; // of who sorts
    private boolean retrying; // of the owner: its first delivery has failed before
    private volatile @Nullable Worker running; // who is about to call the handler of the first, or calls it
    private volatile int waits; // by the owner
    private volatile @Nullable Timer timer; // while it waits; a stale one does no harm
    private volatile @Nullable Wake wake; // what ends its wait for somebody else; by the owner
    private volatile List<LaneSlot> gathered = List.of(); // of a batch: taken and perhaps not ended; by the owner
    private volatile List<LaneSlot> called = List.of(); // the same: in one call of the handler
    private volatile @Nullable WaitPoint room; // of publishers to a key that holds its share

    Lane(Object key) {
        this.key = key;
    }

    Object key() {
        return key;
    }

    @Nullable LaneSlot first() {
        return first;
    }

    /* ---------------- serial: fed by its owner ---------------- */

    void take(LaneSlot slot) {
        slot.sortedInto(this);
        FIRST.setRelease(this, slot);
    }

    void clear() {
        FIRST.setRelease(this, (LaneSlot) null);
    }

    void gathered(List<LaneSlot> batch) {
        gathered = batch;
    }

    List<LaneSlot> gathered() {
        return gathered;
    }

    void calls(List<LaneSlot> together) {
        called = together;
    }

    /** Tells whether it is a delivery's turn. */
    boolean isTurnOf(LaneSlot slot) {
        return slot.equals(first) || called.contains(slot);
    }

    /* ---------------- by key: fed by who sorts ---------------- */

    /** Appends; true if the lane was empty and is the caller's to make ready. */
    boolean append(LaneSlot slot) {
        slot.sortedInto(this);
        LaneSlot before = last;
        last = slot;
        if (before != null) {
            before.linkInLane(slot);
        }
        boolean wasEmpty = (int) QUEUED.getAndAdd(this, 1) == 0; // linked before, so that the owner finds it
        if (wasEmpty) {
            FIRST.setRelease(this, slot); // the queue of ready lanes hands it on
        }
        return wasEmpty;
    }

    /** Goes on to the next delivery; false if there is none, and the lane is nobody's. */
    boolean advance() {
        LaneSlot ended = first;
        if ((int) QUEUED.getAndAdd(this, -1) == 1 || ended == null) {
            return false;
        }
        FIRST.setRelease(this, ended.nextInLane());
        ended.linkInLane(ended); // see Inbox.take
        return true;
    }

    /** Shows all deliveries that have not ended, while the owner may go on. */
    void each(Consumer<LaneSlot> visitor) {
        LaneSlot at = first;
        while (at != null) {
            visitor.accept(at);
            LaneSlot next = at.nextInLane();
            at = next == at ? first : next; // ended meanwhile: go on from where the owner is
        }
    }

    boolean isRetrying() {
        return retrying;
    }

    void retries(boolean now) {
        retrying = now;
    }

    int queued() {
        return queued;
    }

    /* ---------------- state ---------------- */

    void stall() {
        state = State.STALLED;
    }

    void await() {
        state = State.WAITING;
    }

    boolean free(State from) {
        return state == from && STATE.compareAndSet(this, from, State.FREE);
    }

    State state() {
        return state;
    }

    void begins(Worker worker) {
        running = worker; // volatile: a shutdown that cuts from now on sees it, or the worker sees the cut
    }

    void ended() {
        RUNNING.setRelease(this, (Worker) null);
    }

    /** Numbers a wait; by the owner, before it leaves the lane. */
    int nextWait() {
        int next = waits + 1;
        waits = next;
        return next;
    }

    /** Tells whether a wait is still the latest: a timer that comes late must not end another one. */
    boolean isLatest(int wait) {
        return waits == wait;
    }

    /** Keeps the timer of the wait, to be taken back when the wait ends before. */
    void timer(Timer waiting) {
        timer = waiting;
    }

    @Nullable Timer takeTimer() {
        Timer waiting = timer;
        if (waiting != null) {
            timer = null;
        }
        return waiting;
    }

    /** Notes what will tell that its first delivery may ask again. */
    void waitsFor(@Nullable Wake telling) {
        wake = telling;
    }

    /** Forgets what ended an earlier wait: it has nothing to say of a later one, such as that for a retry. */
    void forgetWake() {
        if (wake != null) {
            wake = null;
        }
    }

    /** Tells whether somebody is what it waits for. */
    boolean isWaitingFor(Wake telling) {
        return telling.equals(wake);
    }

    /** Tells whether that has happened. */
    boolean isTold() {
        Wake now = wake;
        return now != null && now.isTold();
    }

    @Nullable Worker running() {
        return running;
    }

    @Nullable WaitPoint room() {
        return room;
    }

    void room(WaitPoint point) {
        room = point;
    }
}
