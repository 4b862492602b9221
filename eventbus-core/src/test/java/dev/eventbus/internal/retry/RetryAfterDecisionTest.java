/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.deadletter.DeadLetterReason;
import dev.eventbus.internal.retry.RetryDecision.GiveUp;
import dev.eventbus.internal.retry.RetryDecision.Retry;
import dev.eventbus.policy.FailureRules;
import dev.eventbus.policy.RetryAfter;
import dev.eventbus.policy.RetryPolicy;
import java.time.Duration;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Failures that know when the next attempt makes sense, and some that only seem to. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RetryAfterDecisionTest {
    private static final Duration LONGEST = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DELAY = Duration.ofMillis(100);
    private static final RetryPolicy POLICY = RetryPolicy.fixed(DELAY).jitter(0);

    /** Asks for what a test says. */
    private static final class Busy extends Exception implements RetryAfter {
        private static final long serialVersionUID = 1L;

        private final transient Supplier<Duration> answer;

        Busy(Supplier<Duration> answer) {
            this.answer = answer;
        }

        @Override
        public Duration retryAfter() {
            return answer.get();
        }
    }

    /** An error that asks for a retry. */
    private static final class BusyError extends Error implements RetryAfter {
        private static final long serialVersionUID = 1L;

        @Override
        public Duration retryAfter() {
            return Duration.ZERO;
        }
    }

    private static RetryDecision decide(RetryPolicy policy, long elapsedNanos, Throwable failure) {
        return RetryDecider.decide(new RetryTerms(policy, FailureRules.none(), null),
                new RoundSoFar(1, elapsedNanos, 0, 0), failure, new Random(3));
    }

    private static Busy busy(Duration answer) {
        return new Busy(() -> answer);
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                Arguments.of("nothing", busy(Duration.ZERO), Duration.ZERO),
                Arguments.of("a nanosecond", busy(Duration.ofNanos(1)), Duration.ofNanos(1)),
                Arguments.of("more than the backoff", busy(Duration.ofSeconds(7)), Duration.ofSeconds(7)),
                Arguments.of("an hour", busy(HOUR), HOUR),
                Arguments.of("just more than an hour", busy(HOUR.plusNanos(1)), HOUR),
                Arguments.of("for ever", busy(LONGEST), HOUR),
                Arguments.of("a nanosecond ago", busy(Duration.ofNanos(-1)), DELAY),
                Arguments.of("the beginning of time", busy(Duration.ofSeconds(Long.MIN_VALUE)), DELAY),
                Arguments.of("null", busy(null), DELAY),
                Arguments.of("an exception", new Busy(() -> {
                    throw new IllegalStateException("hostile");
                }), DELAY),
                Arguments.of("an error", new Busy(() -> {
                    throw new StackOverflowError("hostile");
                }), DELAY),
                Arguments.of("on a cause", new Exception(busy(Duration.ofSeconds(7))), DELAY));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void waits_as_long_as_the_failure_asks_for_within_reason(String what, Throwable failure, Duration expected) {
        assertThat(decide(POLICY, 0, failure)).isEqualTo(new Retry(expected.toNanos()));
    }

    @Test
    void the_longest_delay_to_ask_for_is_the_users() {
        assertThat(decide(POLICY.longestRetryAfter(Duration.ofNanos(5)), 0, busy(HOUR))).isEqualTo(new Retry(5));
        assertThat(decide(POLICY.longestRetryAfter(Duration.ofDays(2)), 0, busy(Duration.ofDays(1))))
                .isEqualTo(new Retry(Duration.ofDays(1).toNanos()));
        assertThat(decide(POLICY.longestRetryAfter(LONGEST), 0, busy(LONGEST)))
                .isEqualTo(new Retry(Long.MAX_VALUE / 4));
    }

    @Test
    void the_longest_delay_to_ask_for_does_not_cut_the_backoff() {
        assertThat(decide(POLICY.longestRetryAfter(Duration.ofNanos(5)), 0, new Exception()))
                .isEqualTo(new Retry(DELAY.toNanos()));
        assertThat(decide(POLICY.longestRetryAfter(Duration.ofNanos(5)), 0, busy(null)))
                .isEqualTo(new Retry(DELAY.toNanos()));
    }

    @Test
    void the_time_allowed_counts_for_it_as_for_the_backoff() {
        RetryPolicy policy = POLICY.maxElapsed(Duration.ofSeconds(10));
        long second = Duration.ofSeconds(1).toNanos();

        assertThat(decide(policy, 3 * second, busy(Duration.ofSeconds(7)))).isEqualTo(new Retry(7 * second));
        assertThat(decide(policy, 3 * second, busy(Duration.ofSeconds(7).plusNanos(1))))
                .isEqualTo(new GiveUp(DeadLetterReason.TIME_EXHAUSTED));
        assertThat(decide(policy, 0, busy(LONGEST))).isEqualTo(new GiveUp(DeadLetterReason.TIME_EXHAUSTED));
    }

    @Test
    void an_error_that_asks_is_not_retried() {
        assertThat(decide(POLICY, 0, new BusyError())).isEqualTo(new GiveUp(DeadLetterReason.NOT_RETRYABLE));
    }

    @Test
    void a_failure_that_the_policy_does_not_retry_is_not_asked() {
        Busy asked = new Busy(() -> {
            throw new AssertionError("asked");
        });

        assertThat(decide(POLICY.abortOn(Busy.class), 0, asked)).isEqualTo(new GiveUp(DeadLetterReason.NOT_RETRYABLE));
        assertThat(decide(RetryPolicy.never(), 0, asked)).isEqualTo(new GiveUp(DeadLetterReason.ATTEMPTS_EXHAUSTED));
    }
}
