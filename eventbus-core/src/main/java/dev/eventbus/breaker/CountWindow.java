/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.breaker;

/** The last so many results: a ring with two bits for each. Not thread-safe. */
final class CountWindow implements SlidingWindow {
    private final int size;
    private final long[] failed;
    private final long[] slow;
    private final Tally total = new Tally();
    private int next;

    CountWindow(int size) {
        this.size = size;
        this.failed = new long[(size + Long.SIZE - 1) / Long.SIZE];
        this.slow = new long[failed.length];
    }

    @Override
    public void add(boolean isFailed, boolean isSlow, long nowNanos) {
        if (total.calls() == size) {
            total.remove(bit(failed, next), bit(slow, next));
        }
        set(failed, next, isFailed);
        set(slow, next, isSlow);
        total.add(isFailed, isSlow);
        next = next + 1 == size ? 0 : next + 1;
    }

    @Override
    public Tally tally(long nowNanos) {
        return total;
    }

    private static boolean bit(long[] words, int at) {
        return (words[at / Long.SIZE] & 1L << at) != 0; // a shift takes the low six bits of its distance
    }

    private static void set(long[] words, int at, boolean value) {
        long mask = 1L << at;
        int word = at / Long.SIZE;
        words[word] = value ? words[word] | mask : words[word] & ~mask;
    }
}
