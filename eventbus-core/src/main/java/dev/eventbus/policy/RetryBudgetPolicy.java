/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.policy;

import dev.eventbus.internal.check.Checks;
import java.time.Duration;

/**
 * How many retries all subscriptions that share a budget may make together.
 *
 * <p>Backoff spreads the retries of one delivery; a budget bounds those of all, so that a dependency which is down is not
 * called more often by retries than {@code rate} allows, however many events fail. A first attempt costs nothing, each
 * retry one permit when it is decided; without one the delivery is given up with
 * {@link dev.eventbus.deadletter.DeadLetterReason#BUDGET_EXHAUSTED}. Registered with the bus and referred to by
 * {@link RetryPolicy#budget(String)}. Immutable.
 *
 * @param name unique among the budgets of a bus, 1 to 256 printable characters
 * @param rate retries over time
 * @since 0.1
 */
public record RetryBudgetPolicy(String name, RateLimit rate) {
    /** Creates a budget. */
    public RetryBudgetPolicy {
        Checks.name(name, "name");
        Checks.notNull(rate, "rate");
    }

    /**
     * Returns a budget that allows as many retries at once as in all of {@code per}.
     *
     * @param name unique among the budgets of a bus
     * @param retries at least 1
     * @param per more than zero
     * @return the budget
     */
    public static RetryBudgetPolicy of(String name, int retries, Duration per) {
        Checks.atLeast(retries, 1, "retries");
        return new RetryBudgetPolicy(name, RateLimit.of(retries, per));
    }

    /**
     * Sets how many retries may be decided at once after a quiet time.
     *
     * @param value at least 1; {@code retries} unless set
     * @return a budget with it
     */
    public RetryBudgetPolicy burst(int value) {
        return new RetryBudgetPolicy(name, rate.burst(value));
    }
}
