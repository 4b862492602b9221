/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.breaker;

import java.time.Duration;

/** Converts durations into nanoseconds that may be added to a clock reading. Stateless. */
final class Nanos {
    /** Some centuries: far enough for any wait, and no sum of a clock reading and it overflows. */
    static final long FAR = Long.MAX_VALUE / 4;

    private Nanos() {
    }

    /** Negative durations are none. */
    static long of(Duration duration) {
        if (duration.isNegative()) {
            return 0;
        }
        return duration.toSeconds() >= FAR / 1_000_000_000L ? FAR : duration.toNanos();
    }

    /** Doubles without overflow. */
    static long doubled(long nanos, long max) {
        return nanos > max / 2 ? max : nanos * 2;
    }
}
