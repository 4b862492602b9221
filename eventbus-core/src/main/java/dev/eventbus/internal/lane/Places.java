/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.lane;

import dev.eventbus.internal.deliver.Admission;
import dev.eventbus.internal.runtime.CacheLine;
import java.util.concurrent.atomic.AtomicLongArray;

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

    // Indexes of words.
    private static final int GIVEN = CacheLine.LONGS; // count and closed bit
    private static final int SEEN_BACK = 2 * CacheLine.LONGS; // some earlier BACK; a race is benign, each is low enough
    private static final int BACK = 3 * CacheLine.LONGS;

    private final int limit;
    private final int nestedLimit;
    private final AtomicLongArray words = new AtomicLongArray(4 * CacheLine.LONGS);

    Places(int limit) {
        this.limit = limit;
        this.nestedLimit = limit + Math.max(1, limit / 4);
    }

    /** Takes a place; the linearization point is the compare-and-set. */
    Admission take(boolean nested) {
        long now = words.get(GIVEN);
        while (true) {
            if ((now & CLOSED) != 0) {
                return Admission.CLOSED;
            }
            if (!hasRoom(now >>> COUNT_SHIFT, nested)) {
                return Admission.FULL;
            }
            long seen = words.compareAndExchange(GIVEN, now, now + (1 << COUNT_SHIFT));
            if (seen == now) {
                return Admission.PLACE;
            }
            now = seen;
        }
    }

    private boolean hasRoom(long count, boolean nested) {
        int most = nested ? nestedLimit : limit;
        if (count - words.getOpaque(SEEN_BACK) < most) {
            return true;
        }
        long now = back();
        words.setOpaque(SEEN_BACK, now);
        return count - now < most;
    }

    boolean hasRoom(boolean nested) {
        return hasRoom(given(), nested);
    }

    /** Gives one back: a full fence, so that whoever waits is seen afterwards. */
    void giveBack() {
        long unused = words.getAndIncrement(BACK);
    }

    void close() {
        long unused = words.getAndUpdate(GIVEN, now -> now | CLOSED);
    }

    boolean isClosed() {
        return (words.get(GIVEN) & CLOSED) != 0;
    }

    long back() {
        return words.get(BACK);
    }

    long given() {
        return words.get(GIVEN) >>> COUNT_SHIFT;
    }

    /** Counts what is in flight; exact when nothing changes meanwhile. */
    int inFlight() {
        long returned = back(); // first, or the difference could be negative
        return (int) (given() - returned);
    }

    int limit() {
        return limit;
    }
}
