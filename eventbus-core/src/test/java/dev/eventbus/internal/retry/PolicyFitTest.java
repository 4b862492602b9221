/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.error.ConfigurationException;
import dev.eventbus.policy.FailureAction;
import dev.eventbus.policy.FailureRules;
import dev.eventbus.policy.RetryPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PolicyFitTest {
    private static final String CONTRADICTION = "retryOn and abortOn contradict maxAttempts=1, which never retries; raise "
            + "maxAttempts or leave them out";
    private static final String BUDGET = "budget 'db' contradicts maxAttempts=1, which never retries; raise maxAttempts or "
            + "leave it out";
    private static final Duration TEN = Duration.ofSeconds(10);
    private static final Duration MILLI = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);

    static Stream<RetryPolicy> fitting() {
        return Stream.of(RetryPolicy.never(),
                RetryPolicy.never().maxElapsed(Duration.ofNanos(1)),
                RetryPolicy.fixed(Duration.ofHours(1)).maxAttempts(1),
                RetryPolicy.fixed(Duration.ZERO).maxElapsed(Duration.ofNanos(1)),
                RetryPolicy.fixed(Duration.ofSeconds(10)).maxElapsed(TEN),
                RetryPolicy.fixed(LONGEST),
                RetryPolicy.fixed(MILLI).maxAttempts(2).budget("db"),
                RetryPolicy.fixed(MILLI).maxAttempts(1).longestRetryAfter(MILLI),
                RetryPolicy.fixed(LONGEST).maxElapsed(LONGEST),
                RetryPolicy.exponential(Duration.ofMillis(100), Duration.ofHours(1)).retryOn(IOException.class),
                RetryPolicy.exponential(Duration.ofSeconds(20), Duration.ofHours(1)).maxElapsed(TEN),
                RetryPolicy.exponential(Duration.ofDays(9), Duration.ofDays(9)).jitter(1).maxElapsed(TEN),
                RetryPolicy.decorrelatedJitter(Duration.ofSeconds(10), Duration.ofHours(1)).maxElapsed(TEN));
    }

    @ParameterizedTest
    @MethodSource("fitting")
    void returns_a_policy_that_can_do_what_it_says(RetryPolicy policy) {
        assertThat(PolicyFit.check(policy)).isSameAs(policy);
    }

    @Test
    void accepts_a_delay_of_exactly_the_elapsed_time_however_long() {
        Duration long104Days = Duration.ofNanos((1L << 53) + 3);
        RetryPolicy policy = RetryPolicy.fixed(long104Days).maxElapsed(long104Days);

        assertThat(PolicyFit.check(policy)).isSameAs(policy);
    }

    static Stream<Arguments> contradictions() {
        return Stream.of(
                Arguments.of(RetryPolicy.never().retryOn(IOException.class), CONTRADICTION),
                Arguments.of(RetryPolicy.never().abortOn(IOException.class), CONTRADICTION),
                Arguments.of(RetryPolicy.fixed(MILLI).retryOn(failure -> true).maxAttempts(1), CONTRADICTION),
                Arguments.of(RetryPolicy.never().budget("db"), BUDGET),
                Arguments.of(RetryPolicy.fixed(MILLI).budget("db").maxAttempts(1), BUDGET),
                Arguments.of(RetryPolicy.fixed(Duration.ofSeconds(11)).maxElapsed(TEN), tooLate("PT10S", "PT11S")),
                Arguments.of(RetryPolicy.fixed(MILLI).maxElapsed(Duration.ofNanos(999_999)),
                        tooLate("PT0.000999999S", "PT0.001S")),
                Arguments.of(RetryPolicy.exponential(Duration.ofSeconds(21), Duration.ofHours(1)).maxElapsed(TEN),
                        tooLate("PT10S", "PT10.5S")),
                Arguments.of(
                        RetryPolicy.exponential(Duration.ofSeconds(11), Duration.ofHours(1)).jitter(0).maxElapsed(TEN),
                        tooLate("PT10S", "PT11S")),
                Arguments.of(
                        RetryPolicy.decorrelatedJitter(Duration.ofSeconds(11), Duration.ofHours(1)).maxElapsed(TEN),
                        tooLate("PT10S", "PT11S")));
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void refuses_a_policy_that_contradicts_itself(RetryPolicy policy, String message) {
        assertThatThrownBy(() -> PolicyFit.check(policy)).isInstanceOf(ConfigurationException.class)
                .hasMessage(message);
    }

    @Test
    void refuses_a_rule_that_retries_what_never_is() {
        FailureRules rules = FailureRules.none().on(IOException.class, FailureAction.RETRY);

        assertThatThrownBy(() -> PolicyFit.check(RetryPolicy.never(), rules)).isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "a rule that says RETRY contradicts maxAttempts=1, which never retries; raise maxAttempts or "
                                + "leave the rule out");
    }

    @Test
    void returns_a_policy_that_fits_its_rules() {
        RetryPolicy twice = RetryPolicy.fixed(MILLI).maxAttempts(2);
        RetryPolicy never = RetryPolicy.never();

        assertThat(PolicyFit.check(twice, FailureRules.none().on(IOException.class, FailureAction.RETRY)))
                .isSameAs(twice);
        assertThat(PolicyFit.check(never, FailureRules.none().on(IOException.class, FailureAction.STOP)))
                .isSameAs(never);
    }

    @Test
    void checks_a_policy_with_rules_as_one_without() {
        assertThatThrownBy(() -> PolicyFit.check(RetryPolicy.never().budget("db"), FailureRules.none()))
                .hasMessage(BUDGET);
    }

    private static String tooLate(String elapsed, String least) {
        return "maxElapsed (" + elapsed + ") must be >= the least first delay (" + least
                + "), or no retry ever begins; raise maxElapsed, or choose RetryPolicy.never()";
    }
}
