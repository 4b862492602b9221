/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.deadletter.DeadLetterReason;
import dev.eventbus.internal.rate.TokenBucket;
import dev.eventbus.internal.retry.RetryDecision.GiveUp;
import dev.eventbus.internal.retry.RetryDecision.Propagate;
import dev.eventbus.internal.retry.RetryDecision.Retry;
import dev.eventbus.internal.retry.RetryDecision.Stop;
import dev.eventbus.policy.FailureAction;
import dev.eventbus.policy.FailureRules;
import dev.eventbus.policy.RateLimit;
import dev.eventbus.policy.RetryPolicy;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What failure rules and retry budgets make of a decision. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FailureRulesDecisionTest {
    private static final RetryPolicy POLICY = RetryPolicy.fixed(Duration.ofNanos(100));
    private static final Retry AGAIN = new Retry(100);
    private static final GiveUp NOT_RETRYABLE = new GiveUp(DeadLetterReason.NOT_RETRYABLE);
    private static final GiveUp INTERRUPTED = new GiveUp(DeadLetterReason.INTERRUPTED);
    private static final FailureRules NONE = FailureRules.none();

    private final TokenBucket budget = new TokenBucket(RateLimit.of(1, Duration.ofNanos(1_000)).burst(2), 0);

    private static RetryDecision decide(RetryTerms terms, RoundSoFar soFar, Throwable failure) {
        return RetryDecider.decide(terms, soFar, failure, new Random(3));
    }

    private static RetryDecision first(RetryPolicy policy, FailureRules rules, Throwable failure) {
        return decide(new RetryTerms(policy, rules, null), new RoundSoFar(1, 0, 0, 0), failure);
    }

    static Stream<Arguments> actions() {
        FailureRules all = NONE.on(FileNotFoundException.class, FailureAction.DEAD_LETTER)
                .on(IOException.class, FailureAction.PROPAGATE).on(IllegalStateException.class, FailureAction.STOP)
                .on(IllegalArgumentException.class, FailureAction.RETRY);
        RetryPolicy selective = POLICY.retryOn(IOException.class).abortOn(IllegalArgumentException.class);
        FailureRules everythingStops = NONE.on(Throwable.class, FailureAction.STOP);
        FailureRules everythingIsRetried = NONE.on(failure -> true, FailureAction.RETRY);
        return Stream.of(
                Arguments.of("dead letter", POLICY, all, new FileNotFoundException(), NOT_RETRYABLE),
                Arguments.of("propagate", POLICY, all, new IOException(), new Propagate()),
                Arguments.of("propagate, retryOn or not", selective, all, new IOException(), new Propagate()),
                Arguments.of("stop", POLICY, all, new IllegalStateException(), new Stop()),
                Arguments.of("retry, abortOn or not", selective, all, new IllegalArgumentException(), AGAIN),
                Arguments.of("no rule: retried", POLICY, all, new Exception(), AGAIN),
                Arguments.of("no rule: the policy says no", selective, all, new Exception(), NOT_RETRYABLE),
                Arguments.of("stop on an error", POLICY, everythingStops, new Error(), new Stop()),
                Arguments.of("stop on an interrupt", POLICY, everythingStops, new InterruptedException(), new Stop()),
                Arguments.of("dead letter on an interrupt", POLICY, NONE.on(Exception.class, FailureAction.DEAD_LETTER),
                        new InterruptedException(), INTERRUPTED),
                Arguments.of("retry of an error", POLICY, everythingIsRetried, new Error(), NOT_RETRYABLE),
                Arguments.of("retry of a throwable", POLICY, everythingIsRetried, new Throwable(), NOT_RETRYABLE),
                Arguments.of("retry of an interrupt", POLICY, everythingIsRetried, new InterruptedException(),
                        INTERRUPTED),
                Arguments.of("stop with one attempt", RetryPolicy.never(), everythingStops, new Exception(),
                        new Stop()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("actions")
    void does_what_the_rule_says(String what, RetryPolicy policy, FailureRules rules, Throwable failure,
            RetryDecision expected) {
        assertThat(first(policy, rules, failure)).isEqualTo(expected);
    }

    @Test
    void a_rule_that_retries_is_bound_by_attempts_time_and_budget() {
        RetryTerms terms = new RetryTerms(POLICY.maxElapsed(Duration.ofNanos(1_000)).abortOn(IOException.class),
                NONE.on(IOException.class, FailureAction.RETRY), budget);

        assertThat(decide(terms, new RoundSoFar(4, 0, 0, 0), new IOException()))
                .isEqualTo(new GiveUp(DeadLetterReason.ATTEMPTS_EXHAUSTED));
        assertThat(decide(terms, new RoundSoFar(1, 901, 0, 0), new IOException()))
                .isEqualTo(new GiveUp(DeadLetterReason.TIME_EXHAUSTED));
        assertThat(decide(terms, new RoundSoFar(1, 900, 0, 0), new IOException())).isEqualTo(AGAIN);
        assertThat(decide(terms, new RoundSoFar(1, 900, 0, 0), new IOException())).isEqualTo(AGAIN);
        assertThat(decide(terms, new RoundSoFar(1, 900, 0, 0), new IOException()))
                .isEqualTo(new GiveUp(DeadLetterReason.BUDGET_EXHAUSTED));
    }

    @Test
    void each_retry_takes_one_from_the_budget_until_it_is_used_up_and_again_when_it_has_some() {
        RetryTerms terms = new RetryTerms(POLICY, NONE, budget);

        assertThat(decide(terms, new RoundSoFar(1, 0, 0, 0), new Exception())).isEqualTo(AGAIN);
        assertThat(decide(terms, new RoundSoFar(2, 0, 0, 0), new Exception())).isEqualTo(AGAIN);
        assertThat(decide(terms, new RoundSoFar(1, 0, 0, 999), new Exception()))
                .isEqualTo(new GiveUp(DeadLetterReason.BUDGET_EXHAUSTED));
        assertThat(decide(terms, new RoundSoFar(1, 0, 0, 1_000), new Exception())).isEqualTo(AGAIN);
    }

    @Test
    void a_retry_that_something_else_forbids_takes_nothing_from_the_budget() {
        RetryTerms terms = new RetryTerms(POLICY.maxElapsed(Duration.ofNanos(100)).retryOn(IOException.class),
                NONE.on(IllegalStateException.class, FailureAction.STOP), budget);

        for (int i = 0; i < 10; i++) {
            decide(terms, new RoundSoFar(4, 0, 0, 0), new IOException());
            decide(terms, new RoundSoFar(1, 1, 0, 0), new IOException());
            decide(terms, new RoundSoFar(1, 0, 0, 0), new Exception());
            decide(terms, new RoundSoFar(1, 0, 0, 0), new IllegalStateException());
        }

        assertThat(budget.take(0)).isZero();
        assertThat(budget.take(0)).isZero();
        assertThat(budget.take(0)).isPositive();
    }
}
