/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import java.util.random.RandomGenerator;

/**
 * Draws random numbers from a seed, the same on every JDK.
 *
 * <p>SplitMix64: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014. Not thread-safe;
 * one thread at a time.
 */
final class Dice implements RandomGenerator {
    private static final long GOLDEN_GAMMA = 0x9E37_79B9_7F4A_7C15L;

    private long state;

    /**
     * Creates a generator.
     *
     * @param stream tells apart generators of one seed
     */
    Dice(long seed, int stream) {
        state = mix(mix(seed) + stream);
    }

    @Override
    public long nextLong() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** Draws a number from 0 to bound - 1. */
    int below(int bound) {
        return (int) (((nextLong() >>> 32) * bound) >>> 32);
    }

    /** Draws whether something of a chance of {@code threshold / 2^63} happens. */
    boolean happens(long threshold) {
        return (nextLong() >>> 1) < threshold;
    }

    /** Returns the threshold for {@link #happens}. */
    static long threshold(double chance) {
        return (long) (chance * 0x1p63); // 1.0 becomes Long.MAX_VALUE, which is missed once in 2^63
    }

    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return z ^ (z >>> 31);
    }
}
