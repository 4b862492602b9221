/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.policy;

import dev.eventbus.internal.check.Checks;
import java.time.Duration;

/**
 * How often something may happen: over any time {@code t} at most {@code burst + t * permits / per} times.
 *
 * <p>Permits come back one by one, evenly, and not all at the end of each {@code per}. The time between two is rounded up to
 * whole nanoseconds, so a rate is never above what was said; more than one permit in a nanosecond counts as one. As
 * everywhere, centuries count as 73 years, and within them even the longest burst comes back. Immutable.
 *
 * @param permits how many come back, at least 1
 * @param per in which time, more than zero
 * @param burst most that may happen at once after a quiet time, at least 1
 * @since 0.1
 */
public record RateLimit(int permits, Duration per, int burst) {
    /** Creates a limit. */
    public RateLimit {
        Checks.atLeast(permits, 1, "permits");
        Checks.positive(per, "per");
        Checks.atLeast(burst, 1, "burst");
    }

    /**
     * Returns a limit whose burst is as large as {@code permits}.
     *
     * @param permits at least 1
     * @param per more than zero
     * @return the limit
     */
    public static RateLimit of(int permits, Duration per) {
        return new RateLimit(permits, per, permits);
    }

    /**
     * Sets how many may happen at once after a quiet time.
     *
     * @param value at least 1, which spaces them all; {@code permits} unless set
     * @return a limit with it
     */
    public RateLimit burst(int value) {
        return new RateLimit(permits, per, value);
    }
}
