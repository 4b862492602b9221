/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.simulation;

import dev.eventbus.policy.RateLimit;

/** What a rate limit may give, counted in plain sums from the moments of what it gave. Confined to one simulation. */
final class Bucket {
    private final long intervalNanos;
    private final long burstNanos;
    private long levelNanos; // what was given, in time to come back
    private long atNanos;

    Bucket(RateLimit limit) {
        intervalNanos = Math.ceilDiv(limit.per().toNanos(), limit.permits());
        burstNanos = intervalNanos * limit.burst();
    }

    /** Takes down that one was given; false if there could be none. */
    boolean gives(long nowNanos) {
        levelNanos = Math.max(0, levelNanos - (nowNanos - atNanos)) + intervalNanos;
        atNanos = nowNanos;
        return levelNanos <= burstNanos;
    }
}
