/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.lane;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

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
    private static final int AWAY = HELD | PAUSED | CUT;

    private static final VarHandle WORD;

    static {
        try {
            WORD = MethodHandles.lookup().findVarHandle(Crew.class, "word", int.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final int limit;
    private volatile int word; // VarHandle WORD

    Crew(int limit) {
        this.limit = Math.min(limit, ACTIVE);
    }

    /** Asks for a worker; true if the caller has to start one. */
    boolean call() {
        int now = word;
        while (mayCome(now)) {
            int seen = (int) WORD.compareAndExchange(this, now, now | COMING);
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
        WORD.getAndBitwiseAnd(this, ~COMING);
    }

    /** The worker that was called is at work. */
    void arrive() {
        WORD.getAndAdd(this, 1 - COMING);
    }

    void leave() {
        WORD.getAndAdd(this, -1);
    }

    /** The serial lane's worker leaves while its lane waits. */
    void leaveHeld() {
        WORD.getAndAdd(this, HELD - 1);
    }

    /** Comes back after {@link #leave}; false if another is coming, enough are at work, or none may be. */
    boolean comeBack() {
        int now = word;
        while (mayCome(now)) {
            int seen = (int) WORD.compareAndExchange(this, now, now + 1);
            if (seen == now) {
                return true;
            }
            now = seen;
        }
        return false;
    }

    void release() {
        WORD.getAndBitwiseAnd(this, ~HELD);
    }

    void pause() {
        WORD.getAndBitwiseOr(this, PAUSED);
    }

    void resume() {
        WORD.getAndBitwiseAnd(this, ~PAUSED);
    }

    void cut() {
        WORD.getAndBitwiseOr(this, CUT);
    }

    boolean isPaused() {
        return (word & PAUSED) != 0;
    }

    boolean isCut() {
        return (word & CUT) != 0;
    }

    /** Tells whether those at work must take nothing more. */
    boolean isSentAway() {
        return (word & AWAY) != 0;
    }

    /** Tells whether nobody is at work or coming. */
    boolean isAway() {
        return (word & (ACTIVE | COMING)) == 0;
    }
}
