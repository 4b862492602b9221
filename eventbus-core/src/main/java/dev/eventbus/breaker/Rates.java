/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.breaker;

import dev.eventbus.error.ConfigurationException;
import dev.eventbus.internal.check.Checks;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * From when on a breaker opens.
 *
 * @param failures share of failed calls, more than 0
 * @param slowerThan what is slow, or null for nothing
 * @param slow share of slow calls, more than 0
 */
record Rates(double failures, @Nullable Duration slowerThan, double slow) {
    static Rates ofFailures(double rate) {
        return new Rates(inRange(rate, "failureRate"), null, 1);
    }

    Rates ofSlowCalls(Duration slower, double rate) {
        return new Rates(failures, Checks.positive(slower, "slowerThan"), inRange(rate, "rate"));
    }

    private static double inRange(double rate, String parameter) {
        if (!(rate > 0 && rate <= 1)) {
            throw new ConfigurationException(parameter + " must be in (0, 1], was " + rate);
        }
        return rate;
    }

    /** Returns what a call may take at most. */
    long slowNanos() {
        return slowerThan == null ? Long.MAX_VALUE : Nanos.of(slowerThan);
    }

    boolean areReachedBy(Tally tally) {
        return tally.failureRate() >= failures || tally.slowRate() >= slow;
    }

    @Override
    public String toString() {
        return "failureRate=" + failures + ", slowCalls=" + (slowerThan == null ? "unset" : slow + " > " + slowerThan);
    }
}
