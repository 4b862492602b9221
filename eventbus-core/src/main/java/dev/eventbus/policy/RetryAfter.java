/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.policy;

import java.time.Duration;

/**
 * An exception that knows when the next attempt makes sense, such as one for the header {@code Retry-After} of HTTP.
 *
 * <p>Where a failure that is to be retried implements it, its delay takes the place of the backoff's, without jitter and at
 * most {@link RetryPolicy#longestRetryAfter()}; attempts, elapsed time and budget bound the retry as ever. Only the failure
 * itself is asked, not its causes: a handler that wraps it has decided otherwise.
 *
 * <p>Asked once for each failed attempt, in the thread that delivers. An answer that is null or negative, or an exception,
 * leaves the delay to the backoff. An instance thrown by several threads must be thread-safe.
 *
 * @since 0.1
 */
public interface RetryAfter {
    /**
     * Returns how long to wait before the next attempt.
     *
     * @return from now on, zero or more
     */
    Duration retryAfter();
}
