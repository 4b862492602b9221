/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.retry;

import dev.eventbus.internal.rate.TokenBucket;
import dev.eventbus.policy.FailureRules;
import dev.eventbus.policy.RetryPolicy;
import org.jspecify.annotations.Nullable;

/**
 * What a subscription says about failures. Immutable but for the budget, which is shared and thread-safe.
 *
 * @param policy when to attempt again
 * @param rules which failures are not the policy's
 * @param budget what retries cost, or null if nothing
 */
public record RetryTerms(RetryPolicy policy, FailureRules rules, @Nullable TokenBucket budget) {}
