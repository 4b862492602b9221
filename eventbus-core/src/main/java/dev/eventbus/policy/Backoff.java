/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.policy;

import dev.eventbus.error.ConfigurationException;
import dev.eventbus.internal.check.Checks;
import java.time.Duration;

/**
 * How long to wait before each further attempt, before jitter.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public sealed interface Backoff {
    /**
     * The same delay each time.
     *
     * @param delay zero or more
     */
    record Fixed(Duration delay) implements Backoff {
        /** Creates a backoff. */
        public Fixed {
            Checks.notNegative(delay, "delay");
        }
    }

    /**
     * A delay that doubles: {@code initial, 2 * initial, 4 * initial, ...}, never above {@code max}.
     *
     * @param initial before the second attempt, more than zero
     * @param max at least {@code initial}
     */
    record Exponential(Duration initial, Duration max) implements Backoff {
        /** Creates a backoff. */
        public Exponential {
            requireRange(initial, max);
        }
    }

    /**
     * A delay drawn between {@code initial} and three times the one before, never above {@code max}; it spreads equal
     * failures better than a factor does (Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015).
     *
     * @param initial least delay, more than zero
     * @param max at least {@code initial}
     */
    record DecorrelatedJitter(Duration initial, Duration max) implements Backoff {
        /** Creates a backoff. */
        public DecorrelatedJitter {
            requireRange(initial, max);
        }
    }

    private static void requireRange(Duration initial, Duration max) {
        Checks.positive(initial, "initialDelay");
        if (Checks.positive(max, "maxDelay").compareTo(initial) < 0) {
            throw new ConfigurationException("maxDelay (" + max + ") must be >= initialDelay (" + initial + ")");
        }
    }
}
