/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.deadletter.DeadLetterReason;
import dev.eventbus.internal.retry.RetryDecision.GiveUp;
import dev.eventbus.internal.retry.RetryDecision.Retry;
import dev.eventbus.policy.FailureRules;
import dev.eventbus.policy.RetryPolicy;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RetryDeciderTest {
    private static final Duration DELAY = Duration.ofMillis(100);
    private static final RetryPolicy FIXED = RetryPolicy.fixed(DELAY);
    private static final RetryDecision AGAIN = new Retry(DELAY.toNanos());
    private static final Predicate<Throwable> THROWS = failure -> {
        throw new IllegalStateException("broken predicate");
    };
    private static final Predicate<Throwable> THROWS_ERROR = failure -> {
        throw new StackOverflowError("broken predicate");
    };

    static Stream<Arguments> failures() {
        RetryDecision notRetryable = new GiveUp(DeadLetterReason.NOT_RETRYABLE);
        RetryPolicy selective = FIXED.retryOn(IOException.class).abortOn(FileNotFoundException.class);
        return Stream.of(
                Arguments.of("an exception", FIXED, new Exception(), AGAIN),
                Arguments.of("an error", FIXED, new Error(), notRetryable),
                Arguments.of("an error of an assertion", FIXED, new AssertionError(), notRetryable),
                Arguments.of("a throwable that is neither", FIXED, new Throwable(), notRetryable),
                Arguments.of("an error that a predicate wants", FIXED.retryOn(failure -> true), new Error(),
                        notRetryable),
                Arguments.of("an interrupt", FIXED, new InterruptedException(),
                        new GiveUp(DeadLetterReason.INTERRUPTED)),
                Arguments.of("an interrupt that a predicate wants", FIXED.retryOn(failure -> true),
                        new InterruptedException(), new GiveUp(DeadLetterReason.INTERRUPTED)),
                Arguments.of("an interrupt under never()", RetryPolicy.never(), new InterruptedException(),
                        new GiveUp(DeadLetterReason.INTERRUPTED)),
                Arguments.of("retryOn hits", selective, new IOException(), AGAIN),
                Arguments.of("retryOn misses", selective, new IllegalStateException(), notRetryable),
                Arguments.of("abortOn wins over retryOn", selective, new FileNotFoundException(), notRetryable),
                Arguments.of("abortOn wins, named first", FIXED.abortOn(FileNotFoundException.class)
                        .retryOn(IOException.class), new FileNotFoundException(), notRetryable),
                Arguments.of("abortOn alone misses", FIXED.abortOn(IOException.class), new IllegalStateException(),
                        AGAIN),
                Arguments.of("abortOn alone hits", FIXED.abortOn(IOException.class), new IOException(), notRetryable),
                Arguments.of("one of two retryOn hits",
                        FIXED.retryOn(IOException.class).retryOn(IllegalStateException.class),
                        new IllegalStateException(),
                        AGAIN),
                Arguments.of("retryOn throws", FIXED.retryOn(THROWS), new Exception(), notRetryable),
                Arguments.of("retryOn throws an error", FIXED.retryOn(THROWS_ERROR), new Exception(), notRetryable),
                Arguments.of("abortOn throws", FIXED.abortOn(THROWS), new Exception(), notRetryable),
                Arguments.of("never() after the first attempt", RetryPolicy.never(), new Exception(),
                        new GiveUp(DeadLetterReason.ATTEMPTS_EXHAUSTED)),
                Arguments.of("never() and an error", RetryPolicy.never(), new Error(), notRetryable));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void decides_by_the_kind_of_failure(String what, RetryPolicy policy, Throwable failure, RetryDecision expected) {
        assertThat(decide(policy, 1, Duration.ZERO, failure)).isEqualTo(expected);
    }

    @Test
    void retries_until_one_attempt_less_than_allowed() {
        assertThat(decide(FIXED.maxAttempts(4), 3, Duration.ZERO, new Exception())).isEqualTo(AGAIN);
    }

    @Test
    void gives_up_after_the_last_attempt() {
        assertThat(decide(FIXED.maxAttempts(4), 4, Duration.ZERO, new Exception()))
                .isEqualTo(new GiveUp(DeadLetterReason.ATTEMPTS_EXHAUSTED));
    }

    @Test
    void retries_when_the_next_attempt_would_begin_at_the_last_allowed_moment() {
        RetryPolicy policy = FIXED.maxElapsed(Duration.ofSeconds(1));

        assertThat(decide(policy, 1, Duration.ofMillis(900), new Exception())).isEqualTo(AGAIN);
    }

    @Test
    void gives_up_when_the_next_attempt_would_begin_too_late() {
        RetryPolicy policy = FIXED.maxElapsed(Duration.ofSeconds(1));

        assertThat(decide(policy, 1, Duration.ofMillis(900).plusNanos(1), new Exception()))
                .isEqualTo(new GiveUp(DeadLetterReason.TIME_EXHAUSTED));
    }

    @Test
    void names_the_attempts_when_both_attempts_and_time_are_exhausted() {
        assertThat(decide(FIXED, 4, Duration.ofDays(1), new Exception()))
                .isEqualTo(new GiveUp(DeadLetterReason.ATTEMPTS_EXHAUSTED));
    }

    @Test
    void names_the_failure_when_it_is_not_retried_and_attempts_are_exhausted_too() {
        assertThat(decide(FIXED, 4, Duration.ofDays(1), new Error()))
                .isEqualTo(new GiveUp(DeadLetterReason.NOT_RETRYABLE));
    }

    @Test
    void does_not_overflow_with_the_longest_of_all_durations() {
        Duration longest = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);
        RetryPolicy policy = RetryPolicy.fixed(DELAY).maxElapsed(longest).maxAttempts(Integer.MAX_VALUE);

        assertThat(decide(policy, Integer.MAX_VALUE - 1, Duration.ofDays(3_650), new Exception())).isEqualTo(AGAIN);
    }

    @Test
    void hands_the_delay_before_to_the_backoff() {
        RetryPolicy policy = RetryPolicy.decorrelatedJitter(Duration.ofNanos(10), Duration.ofHours(1));
        Random random = new Random(3);
        long greatest = 0;

        for (int i = 0; i < 1_000; i++) {
            RetryDecision decision = RetryDecider.decide(terms(policy), new RoundSoFar(1, 0, 1_000, 0), new Exception(),
                    random);
            greatest = Math.max(greatest, ((Retry) decision).delayNanos());
        }

        assertThat(greatest).isBetween(31L, 3_000L);
    }

    @Test
    void a_time_below_zero_counts_as_none() {
        assertThat(decide(FIXED, 1, Duration.ofNanos(-1), new Exception())).isEqualTo(AGAIN);
        assertThat(decide(FIXED, 1, Duration.ofNanos(Long.MIN_VALUE), new Exception())).isEqualTo(AGAIN);
    }

    private static RetryDecision decide(RetryPolicy policy, int attempt, Duration elapsed, Throwable failure) {
        return RetryDecider.decide(terms(policy), new RoundSoFar(attempt, elapsed.toNanos(), 0, 0), failure,
                new Random(3));
    }

    private static RetryTerms terms(RetryPolicy policy) {
        return new RetryTerms(policy, FailureRules.none(), null);
    }
}
