/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.retry;

import dev.eventbus.deadletter.DeadLetterReason;
import dev.eventbus.internal.retry.RetryDecision.GiveUp;
import dev.eventbus.internal.retry.RetryDecision.RetryAfter;
import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.policy.RetryPolicy;
import java.util.random.RandomGenerator;

/** Reads a retry policy. Stateless. */
public final class RetryDecider {
    private RetryDecider() {
    }

    /**
     * Decides what follows a failed attempt.
     *
     * @param policy the subscription's policy
     * @param attempt attempts of this round that have failed, at least 1
     * @param elapsedNanos time since the first of them failed
     * @param previousDelayNanos delay before the attempt that failed just now, 0 for the first
     * @param failure what it threw
     * @param random jitter
     * @return again, and when, or not, and why
     */
    public static RetryDecision decide(RetryPolicy policy, int attempt, long elapsedNanos, long previousDelayNanos,
            Throwable failure, RandomGenerator random) {
        if (failure instanceof InterruptedException) {
            return new GiveUp(DeadLetterReason.INTERRUPTED);
        }
        if (!isRetried(policy, failure)) {
            return new GiveUp(DeadLetterReason.NOT_RETRYABLE);
        }
        if (attempt >= policy.maxAttempts()) {
            return new GiveUp(DeadLetterReason.ATTEMPTS_EXHAUSTED);
        }
        long delay = BackoffMath.delayNanos(policy.backoff(), policy.jitter(), attempt, previousDelayNanos, random);
        long most = policy.maxElapsed().map(Ports::toNanos).orElse(Long.MAX_VALUE);
        return delay > most - elapsedNanos
                ? new GiveUp(DeadLetterReason.TIME_EXHAUSTED)
                : new RetryAfter(delay);
    }

    // the predicates are the user's; one that throws must not lose the delivery
    private static boolean isRetried(RetryPolicy policy, Throwable failure) {
        try {
            return policy.retries(failure);
        } catch (Throwable broken) {
            return false;
        }
    }
}
