/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.lane;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Which workers a subscription has, in one word: how many are at work, whether one is coming, and what keeps them all
 * away.
 *
 * <p>At most one is coming at a time, so that a burst of events starts one thread and not one for each; it calls the
 * next one if it finds more work than it takes. Who adds work calls after that; who finds none leaves first and then
 * looks once more. Each of the two steps is a full fence, so no work stays unseen. Thread-safe.
 */
final class Crew {
    private static final int ACTIVE = 0xFFFF;
    private static final int COMING = 1 << 16;
    private static final int HELD = 1 << 17; // the one lane of a serial subscription waits for a retry
    private static final int PAUSED = 1 << 18;
    private static final int CUT = 1 << 19; // a shutdown takes over; for good
    private static final int GATED = 1 << 20; // the rate limit or the circuit breaker lets nobody pass
    private static final int AWAY = HELD | PAUSED | CUT | GATED;

    private final int limit;
    private final AtomicInteger word = new AtomicInteger(); // no VarHandle: linking one takes stack, just where it ends

    Crew(int limit) {
        this.limit = Math.min(limit, ACTIVE);
    }

    /** Tells whether a call would ask for one. */
    boolean wantsCall() {
        return mayCome(word.get());
    }

    /** Asks for a worker; true if the caller has to start one. */
    boolean call() {
        int now = word.get();
        while (mayCome(now)) {
            int seen = word.compareAndExchange(now, now | COMING);
            if (seen == now) {
                return true;
            }
            now = seen;
        }
        return false;
    }

    private boolean mayCome(int now) {
        return (now & (COMING | AWAY)) == 0 && (now & ACTIVE) < limit;
    }

    /** The worker that was called could not be started. */
    void neverCame() {
        int unused = word.getAndAdd(-COMING);
    }

    /** The worker that was called is at work. */
    void arrive() {
        int unused = word.getAndAdd(1 - COMING);
    }

    void leave() {
        int unused = word.getAndAdd(-1);
    }

    /** The serial lane's worker leaves while its lane waits. */
    void leaveHeld() {
        int unused = word.getAndAdd(HELD - 1);
    }

    /** Comes back after {@link #leave}; false if another is coming, enough are at work, or none may be. */
    boolean comeBack() {
        int now = word.get();
        while (mayCome(now)) {
            int seen = word.compareAndExchange(now, now + 1);
            if (seen == now) {
                return true;
            }
            now = seen;
        }
        return false;
    }

    void release() {
        int unused = word.getAndUpdate(now -> now & ~HELD);
    }

    void pause() {
        int unused = word.getAndUpdate(now -> now | PAUSED);
    }

    void resume() {
        int unused = word.getAndUpdate(now -> now & ~PAUSED);
    }

    void gate() {
        int unused = word.getAndUpdate(now -> now | GATED);
    }

    void ungate() {
        if (isGated()) {
            int unused = word.getAndUpdate(now -> now & ~GATED);
        }
    }

    void cut() {
        int unused = word.getAndUpdate(now -> now | CUT);
    }

    boolean isPaused() {
        return (word.get() & PAUSED) != 0;
    }

    boolean isGated() {
        return (word.get() & GATED) != 0;
    }

    boolean isCut() {
        return (word.get() & CUT) != 0;
    }

    /** Tells whether those at work must take nothing more. */
    boolean isSentAway() {
        return (word.get() & AWAY) != 0;
    }

    int atWork() {
        return word.get() & ACTIVE;
    }

    /** Tells whether nobody is at work or coming. */
    boolean isAway() {
        return (word.get() & (ACTIVE | COMING)) == 0;
    }
}
