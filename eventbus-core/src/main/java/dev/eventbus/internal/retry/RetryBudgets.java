/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.retry;

import dev.eventbus.error.ConfigurationException;
import dev.eventbus.internal.rate.TokenBucket;
import dev.eventbus.policy.RetryBudgetPolicy;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The running budgets of a bus, by name. Thread-safe. */
public final class RetryBudgets {
    private final Map<String, TokenBucket> byName = new TreeMap<>(); // filled once, then only read

    /**
     * Opens budgets, each with all its burst.
     *
     * @param policies one for each name
     * @param nowNanos reading of the monotonic clock
     * @throws ConfigurationException if two have one name
     */
    public RetryBudgets(List<RetryBudgetPolicy> policies, long nowNanos) {
        for (RetryBudgetPolicy policy : policies) {
            if (byName.put(policy.name(), new TokenBucket(policy.rate(), nowNanos)) != null) {
                throw new ConfigurationException("Retry budget '" + policy.name()
                        + "' is there twice; register it once and let its subscriptions share it by name");
            }
        }
    }

    /**
     * Finds a budget.
     *
     * @param name from {@code RetryPolicy.budget}
     * @return the one that all who name it share
     * @throws ConfigurationException if the bus has none of that name
     */
    public TokenBucket find(String name) {
        TokenBucket budget = byName.get(name);
        if (budget == null) {
            throw new ConfigurationException("Retry budget '" + name + "' is not one of the bus (budgets="
                    + byName.keySet() + "); register it when the bus is built, or name one of them");
        }
        return budget;
    }
}
