/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.rate;

import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.policy.RateLimit;
import java.util.concurrent.atomic.AtomicLong;

/** A bucket of as many tokens as a limit's burst, which fills evenly at the limit's rate. Thread-safe. */
public final class TokenBucket {
    // Generic cell rate algorithm (ITU-T I.371): the one number kept is the moment at which the bucket will be full again.
    // A token puts it off by one interval, and may not put it further off than a whole burst takes to come back. Moments
    // are compared by their difference alone, which holds for any reading of the clock, also across its overflow.
    //
    // A reading older than another thread's finds the bucket emptier than it was, never fuller; so a clock that stands
    // still, or goes back, gives nothing beyond the burst. Since the moment is put off from the later of itself and now,
    // idle time fills the bucket once and is not saved up.

    // Some 73 years, as for all times: what a whole burst may take to come back, so that no sum overflows.
    private static final long LONGEST_NANOS = Long.MAX_VALUE / 4;

    private final long intervalNanos; // from token to token
    private final long slackNanos; // time to fill at which there is just one token left
    private final AtomicLong fullAtNanos;

    /**
     * Creates a full bucket.
     *
     * @param limit rate and size
     * @param nowNanos reading of the monotonic clock, any value
     */
    public TokenBucket(RateLimit limit, long nowNanos) {
        long evenly = Math.ceilDiv(Ports.toNanos(limit.per()), (long) limit.permits());
        intervalNanos = Math.min(evenly, LONGEST_NANOS / limit.burst());
        slackNanos = intervalNanos * (limit.burst() - 1L);
        fullAtNanos = new AtomicLong(nowNanos);
    }

    /**
     * Takes a token if there is one; never waits.
     *
     * @param nowNanos reading of the monotonic clock
     * @return 0 if it was taken, else the nanoseconds until asking again helps, if nobody else takes it first
     */
    public long take(long nowNanos) {
        while (true) {
            long fullAt = fullAtNanos.get();
            long untilFull = Math.max(0, fullAt - nowNanos);
            if (untilFull > slackNanos) {
                return untilFull - slackNanos;
            }
            if (fullAtNanos.compareAndSet(fullAt, nowNanos + untilFull + intervalNanos)) { // linearization point
                return 0;
            }
        }
    }

    /** Puts a token back that was taken and not used; at most once for each. A full bucket stays as it is. */
    public void giveBack() {
        fullAtNanos.addAndGet(-intervalNanos);
    }
}
