/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.runtime;

import dev.eventbus.internal.event.EventIds;
import dev.eventbus.spi.BusRuntime;
import dev.eventbus.spi.Clocks;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * Everything that a bus takes from outside itself: time, waiting, randomness, ids.
 *
 * <p>Immutable.
 *
 * @param clocks the time
 * @param runtime starts threads, waits, wakes, interrupts
 * @param random jitter and ids
 * @param ids ids of events and letters
 */
public record Ports(Clocks clocks, BusRuntime runtime, RandomGenerator random, EventIds ids) {
    // Far enough for any wait, and no sum of a clock reading and it overflows.
    private static final long FAR_NANOS = Long.MAX_VALUE / 4;

    /**
     * Reads the wall clock.
     *
     * @return now, to the millisecond
     */
    public Instant now() {
        return Instant.ofEpochMilli(clocks.wallMillis());
    }

    /**
     * Converts a wait into the moment of its end.
     *
     * @param wait any duration, up to the largest
     * @return that moment on the monotonic clock
     */
    public long deadlineNanos(Duration wait) {
        return clocks.monotonicNanos() + toNanos(wait);
    }

    /**
     * Converts a duration without overflow.
     *
     * @param duration not negative, up to the largest
     * @return its nanoseconds, or some centuries' where that is shorter
     */
    public static long toNanos(Duration duration) {
        return duration.toSeconds() >= FAR_NANOS / 1_000_000_000L ? FAR_NANOS : duration.toNanos();
    }
}
