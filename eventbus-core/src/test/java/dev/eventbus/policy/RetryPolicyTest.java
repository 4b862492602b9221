/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.error.ConfigurationException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RetryPolicyTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final RetryPolicy FIXED = RetryPolicy.fixed(SECOND);

    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal(() -> FIXED.maxAttempts(0), "maxAttempts must be >= 1, was 0"),
                refusal(() -> FIXED.maxAttempts(-1), "maxAttempts must be >= 1, was -1"),
                refusal(() -> FIXED.maxElapsed(Duration.ZERO), "maxElapsed must be > PT0S, was PT0S"),
                refusal(() -> FIXED.maxElapsed(Duration.ofSeconds(-3)), "maxElapsed must be > PT0S, was PT-3S"),
                refusal(() -> FIXED.maxElapsed(null), "maxElapsed must not be null; pass a value"),
                refusal(() -> FIXED.longestRetryAfter(Duration.ZERO), "longestRetryAfter must be > PT0S, was PT0S"),
                refusal(() -> FIXED.longestRetryAfter(null), "longestRetryAfter must not be null; pass a value"),
                refusal(() -> FIXED.budget(" "),
                        "budget must not be blank; give it a name of 1 to 256 printable characters"),
                refusal(() -> FIXED.budget(null), "budget must not be null; pass a value"),
                refusal(() -> FIXED.jitter(-0.1), "jitter must be in [0, 1], was -0.1"),
                refusal(() -> FIXED.jitter(1.1), "jitter must be in [0, 1], was 1.1"),
                refusal(() -> FIXED.jitter(Double.NaN), "jitter must be in [0, 1], was NaN"),
                refusal(() -> FIXED.jitter(Double.POSITIVE_INFINITY), "jitter must be in [0, 1], was Infinity"),
                refusal(() -> RetryPolicy.decorrelatedJitter(SECOND, SECOND).jitter(0.5),
                        "jitter contradicts decorrelatedJitter, which draws its delays itself; leave it out or choose "
                                + "exponential"),
                refusal(() -> FIXED.retryOn((Class<? extends Exception>) null), "type must not be null; pass a value"),
                refusal(() -> FIXED.abortOn((Class<? extends Exception>) null), "type must not be null; pass a value"),
                refusal(() -> FIXED.retryOn((Predicate<Throwable>) null), "failure must not be null; pass a value"),
                refusal(() -> FIXED.abortOn((Predicate<Throwable>) null), "failure must not be null; pass a value"),
                refusal(() -> RetryPolicy.fixed(null), "delay must not be null; pass a value"),
                refusal(() -> RetryPolicy.fixed(Duration.ofNanos(-1)), "delay must be >= PT0S, was PT-0.000000001S"),
                refusal(() -> RetryPolicy.exponential(null, SECOND), "initialDelay must not be null; pass a value"),
                refusal(() -> RetryPolicy.exponential(SECOND, null), "maxDelay must not be null; pass a value"),
                refusal(() -> RetryPolicy.exponential(Duration.ZERO, SECOND), "initialDelay must be > PT0S, was PT0S"),
                refusal(() -> RetryPolicy.exponential(SECOND, Duration.ZERO), "maxDelay must be > PT0S, was PT0S"),
                refusal(() -> RetryPolicy.exponential(Duration.ofSeconds(5), SECOND),
                        "maxDelay (PT1S) must be >= initialDelay (PT5S)"),
                refusal(() -> RetryPolicy.decorrelatedJitter(Duration.ZERO, SECOND),
                        "initialDelay must be > PT0S, was PT0S"),
                refusal(() -> RetryPolicy.decorrelatedJitter(Duration.ofSeconds(5), SECOND),
                        "maxDelay (PT1S) must be >= initialDelay (PT5S)"));
    }

    private static Arguments refusal(ThrowingCallable call, String message) {
        return Arguments.of(call, message);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("refusals")
    void refuses_what_makes_no_sense(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(ConfigurationException.class).hasMessage(message);
    }

    @Test
    void never_allows_one_attempt() {
        assertThat(RetryPolicy.never().maxAttempts()).isEqualTo(1);
    }

    @Test
    void allows_4_attempts_and_leaves_their_time_to_the_dispatcher_unless_set() {
        assertThat(FIXED.maxAttempts()).isEqualTo(4);
        assertThat(FIXED.maxElapsed()).isEmpty();
    }

    @Test
    void exponential_has_jitter_of_one_half_unless_set() {
        assertThat(RetryPolicy.exponential(SECOND, SECOND).jitter()).isEqualTo(0.5);
        assertThat(FIXED.jitter()).isZero();
    }

    @Test
    void keeps_what_was_chosen() {
        RetryPolicy policy = FIXED.maxAttempts(7).maxElapsed(Duration.ofMinutes(1)).jitter(0.25)
                .longestRetryAfter(Duration.ofMinutes(2)).budget("db").retryOn(IOException.class);

        assertThat(policy.backoff()).isEqualTo(new Backoff.Fixed(SECOND));
        assertThat(policy.maxAttempts()).isEqualTo(7);
        assertThat(policy.maxElapsed()).contains(Duration.ofMinutes(1));
        assertThat(policy.jitter()).isEqualTo(0.25);
        assertThat(policy.longestRetryAfter()).isEqualTo(Duration.ofMinutes(2));
        assertThat(policy.budget()).contains("db");
        assertThat(policy.isSelective()).isTrue();
    }

    @Test
    void keeps_what_was_chosen_whatever_is_chosen_after_it() {
        RetryPolicy policy = FIXED.budget("db").retryOn(IOException.class).longestRetryAfter(Duration.ofMinutes(2))
                .jitter(0.25).maxElapsed(Duration.ofMinutes(1)).maxAttempts(7).abortOn(IllegalStateException.class);

        assertThat(policy).hasToString("RetryPolicy[Fixed[delay=PT1S], maxAttempts=7, maxElapsed=PT1M, jitter=0.25, "
                + "retryOn=1, abortOn=1, longestRetryAfter=PT2M, budget=db]");
    }

    @Test
    void has_no_budget_and_lets_failures_ask_for_an_hour_unless_set() {
        assertThat(FIXED.budget()).isEmpty();
        assertThat(FIXED.longestRetryAfter()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void does_not_change_when_another_is_derived_from_it() {
        String before = FIXED.toString();

        FIXED.maxAttempts(9).maxElapsed(SECOND).jitter(1).retryOn(IOException.class).abortOn(IOException.class);

        assertThat(FIXED).hasToString(before);
        assertThat(FIXED.isSelective()).isFalse();
    }

    @Test
    void is_selective_with_a_condition_of_either_kind() {
        assertThat(FIXED.retryOn(IOException.class).isSelective()).isTrue();
        assertThat(FIXED.abortOn(IOException.class).isSelective()).isTrue();
    }

    @Test
    void retries_subclasses_of_a_type_and_nothing_else() {
        RetryPolicy policy = FIXED.retryOn(IOException.class);

        assertThat(policy.retries(new FileNotFoundException())).isTrue();
        assertThat(policy.retries(new IllegalStateException())).isFalse();
    }

    @Test
    void never_asks_a_predicate_about_an_error_or_an_interrupt() {
        RetryPolicy policy = FIXED.retryOn(failure -> {
            throw new AssertionError("asked about " + failure);
        });

        assertThat(policy.retries(new Error())).isFalse();
        assertThat(policy.retries(new InterruptedException())).isFalse();
    }

    @Test
    void describes_itself() {
        assertThat(FIXED.retryOn(IOException.class)).hasToString("RetryPolicy[Fixed[delay=PT1S], maxAttempts=4, "
                + "maxElapsed=unset, jitter=0.0, retryOn=1, abortOn=0, longestRetryAfter=PT1H, budget=unset]");
        assertThat(FIXED.maxElapsed(SECOND)).hasToString("RetryPolicy[Fixed[delay=PT1S], maxAttempts=4, "
                + "maxElapsed=PT1S, jitter=0.0, retryOn=0, abortOn=0, longestRetryAfter=PT1H, budget=unset]");
    }
}
