/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.retry;

import dev.eventbus.deadletter.DeadLetterReason;
import dev.eventbus.internal.rate.TokenBucket;
import dev.eventbus.internal.retry.RetryDecision.GiveUp;
import dev.eventbus.internal.retry.RetryDecision.Propagate;
import dev.eventbus.internal.retry.RetryDecision.Retry;
import dev.eventbus.internal.retry.RetryDecision.Stop;
import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.policy.FailureAction;
import dev.eventbus.policy.RetryAfter;
import dev.eventbus.policy.RetryPolicy;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Reads failure rules and retry policy. Stateless. */
public final class RetryDecider {
    private RetryDecider() {
    }

    /**
     * Decides what follows a failed attempt: by the kind of failure, the attempts, the time, and the budget last, so that no
     * token is taken for a retry that does not come.
     *
     * @param terms what the subscription says
     * @param soFar attempts and time of the round
     * @param failure what the handler threw
     * @param random jitter
     * @return again, and when, or not, and why
     */
    public static RetryDecision decide(RetryTerms terms, RoundSoFar soFar, Throwable failure, RandomGenerator random) {
        FailureAction action = terms.rules().actionFor(failure).orElse(null);
        return switch (action) {
            case PROPAGATE -> new Propagate();
            case STOP -> new Stop();
            case DEAD_LETTER -> notRetryable(failure);
            case RETRY -> isEverRetried(failure) ? withinBounds(terms, soFar, failure, random) : notRetryable(failure);
            case null -> isRetried(terms.policy(), failure)
                    ? withinBounds(terms, soFar, failure, random)
                    : notRetryable(failure);
        };
    }

    private static GiveUp notRetryable(Throwable failure) {
        return new GiveUp(failure instanceof InterruptedException
                ? DeadLetterReason.INTERRUPTED
                : DeadLetterReason.NOT_RETRYABLE);
    }

    private static boolean isEverRetried(Throwable failure) {
        return failure instanceof Exception && !(failure instanceof InterruptedException);
    }

    // the predicates are the user's; one that throws must not lose the delivery
    private static boolean isRetried(RetryPolicy policy, Throwable failure) {
        try {
            return policy.retries(failure);
        } catch (Throwable broken) {
            return false;
        }
    }

    private static RetryDecision withinBounds(RetryTerms terms, RoundSoFar soFar, Throwable failure,
            RandomGenerator random) {
        RetryPolicy policy = terms.policy();
        if (soFar.attempt() >= policy.maxAttempts()) {
            return new GiveUp(DeadLetterReason.ATTEMPTS_EXHAUSTED);
        }
        long delay = delayNanos(policy, soFar, failure, random);
        long most = policy.maxElapsed().map(Ports::toNanos).orElse(Long.MAX_VALUE);
        if (delay > most - Math.max(0, soFar.elapsedNanos())) {
            return new GiveUp(DeadLetterReason.TIME_EXHAUSTED);
        }
        return isGranted(terms.budget(), soFar.nowNanos())
                ? new Retry(delay)
                : new GiveUp(DeadLetterReason.BUDGET_EXHAUSTED);
    }

    private static long delayNanos(RetryPolicy policy, RoundSoFar soFar, Throwable failure, RandomGenerator random) {
        Duration asked = failure instanceof RetryAfter knowing ? asked(knowing) : null;
        if (asked == null || asked.isNegative()) {
            return BackoffMath.delayNanos(policy.backoff(), policy.jitter(), soFar.attempt(),
                    soFar.previousDelayNanos(), random);
        }
        Duration longest = policy.longestRetryAfter();
        return Ports.toNanos(asked.compareTo(longest) > 0 ? longest : asked);
    }

    // the exception is the user's: it may throw when asked
    private static @Nullable Duration asked(RetryAfter failure) {
        try {
            return failure.retryAfter();
        } catch (Throwable broken) {
            return null;
        }
    }

    private static boolean isGranted(@Nullable TokenBucket budget, long nowNanos) {
        return budget == null || budget.take(nowNanos) == 0;
    }
}
