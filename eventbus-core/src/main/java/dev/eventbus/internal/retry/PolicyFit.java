/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.retry;

import dev.eventbus.error.ConfigurationException;
import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.policy.Backoff;
import dev.eventbus.policy.FailureAction;
import dev.eventbus.policy.FailureRules;
import dev.eventbus.policy.RetryPolicy;
import java.time.Duration;

/** Refuses retry policies that could never do what they say; each setting alone may be fine. Stateless. */
public final class PolicyFit {
    private PolicyFit() {
    }

    /**
     * Checks the settings against each other.
     *
     * @param policy the policy
     * @return the policy
     */
    public static RetryPolicy check(RetryPolicy policy) {
        if (policy.maxAttempts() == 1) {
            if (policy.isSelective()) {
                throw new ConfigurationException(
                        "retryOn and abortOn contradict maxAttempts=1, which never retries; raise "
                                + "maxAttempts or leave them out");
            }
            if (policy.budget().isPresent()) {
                throw new ConfigurationException("budget '" + policy.budget().get()
                        + "' contradicts maxAttempts=1, which never retries; raise maxAttempts or leave it out");
            }
            return policy;
        }
        long first = Ports.toNanos(initial(policy.backoff()));
        Duration least = Duration.ofNanos(first - BackoffMath.jitterRange(first, policy.jitter()));
        Duration most = policy.maxElapsed().orElse(least);
        if (least.compareTo(most) > 0) {
            throw new ConfigurationException(
                    "maxElapsed (" + most + ") must be >= the least first delay (" + least
                            + "), or no retry ever begins; raise maxElapsed, or choose RetryPolicy.never()");
        }
        return policy;
    }

    /**
     * Checks a policy against the rules of the subscription that it applies to.
     *
     * @param policy the policy
     * @param rules the rules
     * @return the policy
     */
    public static RetryPolicy check(RetryPolicy policy, FailureRules rules) {
        if (policy.maxAttempts() == 1 && rules.has(FailureAction.RETRY)) {
            throw new ConfigurationException(
                    "a rule that says RETRY contradicts maxAttempts=1, which never retries; raise "
                            + "maxAttempts or leave the rule out");
        }
        return check(policy);
    }

    private static Duration initial(Backoff backoff) {
        return switch (backoff) {
            case Backoff.Fixed fixed -> fixed.delay();
            case Backoff.Exponential exponential -> exponential.initial();
            case Backoff.DecorrelatedJitter decorrelated -> decorrelated.initial();
        };
    }
}
