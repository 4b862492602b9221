/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deliver;

import dev.eventbus.internal.runtime.CacheLine;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts without an atomic instruction: each stripe is written only by the thread that owns its lane at the time.
 *
 * <p>Ownership passes through the lane's compare-and-set, so no increment is lost; a sum may miss those of this moment.
 * Threads without a stripe of their own count atomically. Thread-safe under that condition.
 */
public final class StripedCounter {
    /** Stripe of those who own none. */
    public static final int NO_STRIPE = -1;

    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class); // opaque: whole, not ordered

    private final long[] cells;
    private final LongAdder others = new LongAdder();

    /**
     * Creates a counter at zero.
     *
     * @param stripes how many lanes there are
     */
    public StripedCounter(int stripes) {
        this.cells = new long[(stripes + 1) * CacheLine.LONGS];
    }

    /**
     * Adds one.
     *
     * @param stripe the caller's own, or {@link #NO_STRIPE}
     */
    public void increment(int stripe) {
        if (stripe == NO_STRIPE) {
            others.increment();
        } else {
            int cell = (stripe + 1) * CacheLine.LONGS;
            CELL.setOpaque(cells, cell, (long) CELL.getOpaque(cells, cell) + 1);
        }
    }

    /**
     * Adds up.
     *
     * @return the sum, exact when nothing is counted meanwhile
     */
    public long sum() {
        long sum = others.sum();
        for (int cell = CacheLine.LONGS; cell < cells.length; cell += CacheLine.LONGS) {
            sum += (long) CELL.getOpaque(cells, cell);
        }
        return sum;
    }
}
