/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.breaker;

import dev.eventbus.error.ConfigurationException;
import dev.eventbus.internal.check.Checks;
import java.time.Duration;

/**
 * How a breaker tries to close again.
 *
 * @param openFor first open time, more than zero
 * @param maxOpenFor longest open time
 * @param permits calls in half-open, at least 1
 * @param atMost longest wait for their results, more than zero
 */
record Recovery(Duration openFor, Duration maxOpenFor, int permits, Duration atMost) {
    static final Recovery UNSET = new Recovery(Duration.ofSeconds(10), Duration.ofSeconds(10), 3,
            Duration.ofSeconds(60));

    Recovery openFor(Duration initial, Duration max) {
        if (Checks.positive(max, "max").compareTo(Checks.positive(initial, "initial")) < 0) {
            throw new ConfigurationException("max (" + max + ") must be >= initial (" + initial + ")");
        }
        return new Recovery(initial, max, permits, atMost);
    }

    Recovery permits(int value) {
        return new Recovery(openFor, maxOpenFor, Checks.atLeast(value, 1, "permits"), atMost);
    }

    Recovery atMost(Duration value) {
        return new Recovery(openFor, maxOpenFor, permits, Checks.positive(value, "halfOpenAtMost"));
    }

    /** Returns the open time after the breaker was closed. */
    long firstNanos() {
        return Nanos.of(openFor);
    }

    /** Returns the open time after one that has not helped. */
    long nextNanos(long previous) {
        return Nanos.doubled(previous, Nanos.of(maxOpenFor));
    }

    @Override
    public String toString() {
        return "openFor=" + openFor + (maxOpenFor.equals(openFor) ? "" : ".." + maxOpenFor) + ", halfOpen=" + permits
                + ", halfOpenAtMost=" + atMost;
    }
}
