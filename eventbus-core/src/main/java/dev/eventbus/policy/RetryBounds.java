/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.policy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What ends the retries of a round. Immutable.
 *
 * @param attempts most of one round
 * @param elapsed longest time of one round, or null if it was not set
 * @param retryAfter longest delay that a failure may ask for
 * @param budget name of the budget that retries are taken from, or null
 */
record RetryBounds(int attempts, @Nullable Duration elapsed, Duration retryAfter, @Nullable String budget) {
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);

    static RetryBounds of(int attempts) {
        return new RetryBounds(attempts, null, LONGEST_RETRY_AFTER, null);
    }

    RetryBounds attempts(int value) {
        return new RetryBounds(value, elapsed, retryAfter, budget);
    }

    RetryBounds elapsed(Duration value) {
        return new RetryBounds(attempts, value, retryAfter, budget);
    }

    RetryBounds retryAfter(Duration value) {
        return new RetryBounds(attempts, elapsed, value, budget);
    }

    RetryBounds budget(String value) {
        return new RetryBounds(attempts, elapsed, retryAfter, value);
    }
}
