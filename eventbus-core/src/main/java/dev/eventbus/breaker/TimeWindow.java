/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.breaker;

/**
 * The results of the last so many nanoseconds, to a sixtieth: one tally for each slice of the time, so that memory does
 * not depend on the number of calls. A slice leaves as a whole. Not thread-safe.
 */
final class TimeWindow implements SlidingWindow {
    static final int MAX_SLICES = 60;

    private final long beginNanos;
    private final long sliceNanos;
    private final Tally[] slices;
    private final Tally total = new Tally();
    private long current; // number of the newest slice since the beginning

    TimeWindow(long lengthNanos, long nowNanos) {
        this.beginNanos = nowNanos;
        this.sliceNanos = (lengthNanos - 1) / MAX_SLICES + 1;
        this.slices = new Tally[Math.toIntExact((lengthNanos - 1) / sliceNanos + 1)];
        for (int i = 0; i < slices.length; i++) {
            slices[i] = new Tally();
        }
    }

    @Override
    public void add(boolean failed, boolean slow, long nowNanos) {
        advance(nowNanos);
        slice(current).add(failed, slow);
        total.add(failed, slow);
    }

    @Override
    public Tally tally(long nowNanos) {
        advance(nowNanos);
        return total;
    }

    // A clock reading may be older than the one before, since it was taken before the lock; it counts as that one then.
    private void advance(long nowNanos) {
        long reached = (nowNanos - beginNanos) / sliceNanos;
        for (long left = Math.min(reached - current, slices.length); left > 0; left--) {
            Tally oldest = slice(current + left);
            total.remove(oldest);
            oldest.clear();
        }
        current = Math.max(current, reached);
    }

    private Tally slice(long number) {
        return slices[(int) (number % slices.length)];
    }
}
