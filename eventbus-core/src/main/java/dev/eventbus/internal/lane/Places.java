/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.lane;

import dev.eventbus.internal.deliver.Admission;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The places of one subscription: who has one is in flight.
 *
 * <p>Two counters that only grow, so that publishers and workers do not write the same word: what was given, by
 * compare-and-set together with the closed bit, and what came back. A publisher looks at the second only when the first
 * has run up to what it knew of it. Thread-safe.
 */
final class Places {
    private static final long CLOSED = 1;
    private static final int COUNT_SHIFT = 1;

    private static final VarHandle GIVEN;
    private static final VarHandle BACK;
    private static final VarHandle SEEN_BACK;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            GIVEN = lookup.findVarHandle(Places.class, "given", long.class);
            BACK = lookup.findVarHandle(Places.class, "back", long.class);
            SEEN_BACK = lookup.findVarHandle(Places.class, "seenBack", long.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final int limit;
    private final int nestedLimit;
    private volatile long given; // VarHandle GIVEN: count and closed bit
    @SuppressWarnings("unused") // VarHandle SEEN_BACK, opaque: some earlier value of back; a race is benign, each is low enough
    private long seenBack;
    private volatile long back; // VarHandle BACK

    Places(int limit) {
        this.limit = limit;
        this.nestedLimit = limit + Math.max(1, limit / 4);
    }

    /** Takes a place; the linearization point is the compare-and-set. */
    Admission take(boolean nested) {
        long now = given;
        while (true) {
            if ((now & CLOSED) != 0) {
                return Admission.CLOSED;
            }
            if (!hasRoom(now >>> COUNT_SHIFT, nested)) {
                return Admission.FULL;
            }
            long seen = (long) GIVEN.compareAndExchange(this, now, now + (1 << COUNT_SHIFT));
            if (seen == now) {
                return Admission.PLACE;
            }
            now = seen;
        }
    }

    private boolean hasRoom(long count, boolean nested) {
        int most = nested ? nestedLimit : limit;
        if (count - (long) SEEN_BACK.getOpaque(this) < most) {
            return true;
        }
        long now = back;
        SEEN_BACK.setOpaque(this, now);
        return count - now < most;
    }

    boolean hasRoom(boolean nested) {
        return hasRoom(given >>> COUNT_SHIFT, nested);
    }

    /** Gives one back: a full fence, so that whoever waits is seen afterwards. */
    void giveBack() {
        BACK.getAndAdd(this, 1L);
    }

    void close() {
        GIVEN.getAndBitwiseOr(this, CLOSED);
    }

    boolean isClosed() {
        return (given & CLOSED) != 0;
    }

    long back() {
        return back;
    }

    long given() {
        return given >>> COUNT_SHIFT;
    }

    /** Counts what is in flight; exact when nothing changes meanwhile. */
    int inFlight() {
        long returned = back; // first, or the difference could be negative
        return (int) (given() - returned);
    }

    int limit() {
        return limit;
    }
}
