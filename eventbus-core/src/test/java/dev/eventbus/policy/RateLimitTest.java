/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.error.ConfigurationException;
import java.time.Duration;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RateLimitTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void a_limit_allows_as_many_at_once_as_in_its_time_unless_set() {
        assertThat(RateLimit.of(5, SECOND)).isEqualTo(new RateLimit(5, SECOND, 5));
    }

    @Test
    void a_burst_changes_nothing_else() {
        RateLimit limit = RateLimit.of(5, SECOND);

        assertThat(limit.burst(1)).isEqualTo(new RateLimit(5, SECOND, 1));
        assertThat(limit.burst()).isEqualTo(5);
    }

    @Test
    void a_budget_allows_as_many_at_once_as_in_its_time_unless_set() {
        assertThat(RetryBudgetPolicy.of("db", 5, SECOND))
                .isEqualTo(new RetryBudgetPolicy("db", new RateLimit(5, SECOND, 5)));
    }

    @Test
    void a_burst_of_a_budget_changes_nothing_else() {
        RetryBudgetPolicy budget = RetryBudgetPolicy.of("db", 5, SECOND);

        assertThat(budget.burst(7)).isEqualTo(new RetryBudgetPolicy("db", new RateLimit(5, SECOND, 7)));
        assertThat(budget.rate().burst()).isEqualTo(5);
    }

    static Stream<Arguments> refusals() {
        RateLimit limit = RateLimit.of(1, SECOND);
        RetryBudgetPolicy budget = RetryBudgetPolicy.of("db", 1, SECOND);
        return Stream.of(
                refusal(() -> RateLimit.of(0, SECOND), "permits must be >= 1, was 0"),
                refusal(() -> RateLimit.of(1, Duration.ZERO), "per must be > PT0S, was PT0S"),
                refusal(() -> RateLimit.of(1, null), "per must not be null; pass a value"),
                refusal(() -> limit.burst(0), "burst must be >= 1, was 0"),
                refusal(() -> RetryBudgetPolicy.of(" ", 1, SECOND),
                        "name must not be blank; give it a name of 1 to 256 printable characters"),
                refusal(() -> RetryBudgetPolicy.of("db", 0, SECOND), "retries must be >= 1, was 0"),
                refusal(() -> RetryBudgetPolicy.of("db", 1, Duration.ofSeconds(-1)), "per must be > PT0S, was PT-1S"),
                refusal(() -> new RetryBudgetPolicy("db", null), "rate must not be null; pass a value"),
                refusal(() -> budget.burst(-1), "burst must be >= 1, was -1"));
    }

    private static Arguments refusal(ThrowingCallable call, String message) {
        return Arguments.of(call, message);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("refusals")
    void refuses_what_makes_no_sense(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(ConfigurationException.class).hasMessage(message);
    }
}
