/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.breaker;

import static dev.eventbus.breaker.CircuitBreakerPolicy.failureRate;
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
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CircuitBreakerPolicyTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final CircuitBreakerPolicy HALF = failureRate(0.5);

    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal(() -> failureRate(0), "failureRate must be in (0, 1], was 0.0"),
                refusal(() -> failureRate(-0.1), "failureRate must be in (0, 1], was -0.1"),
                refusal(() -> failureRate(1.01), "failureRate must be in (0, 1], was 1.01"),
                refusal(() -> failureRate(Double.NaN), "failureRate must be in (0, 1], was NaN"),
                refusal(() -> HALF.slowCalls(SECOND, 0), "rate must be in (0, 1], was 0.0"),
                refusal(() -> HALF.slowCalls(SECOND, 1.5), "rate must be in (0, 1], was 1.5"),
                refusal(() -> HALF.slowCalls(Duration.ZERO, 1), "slowerThan must be > PT0S, was PT0S"),
                refusal(() -> HALF.slowCalls(null, 1), "slowerThan must not be null; pass a value"),
                refusal(() -> HALF.window(0), "window must be >= 1, was 0"),
                refusal(() -> HALF.window(1_000_001), "window must be <= 1000000, was 1000001"),
                refusal(() -> HALF.window(Duration.ZERO), "window must be > PT0S, was PT0S"),
                refusal(() -> HALF.window(null), "window must not be null; pass a value"),
                refusal(() -> HALF.minimumCalls(0), "minimumCalls must be >= 1, was 0"),
                refusal(() -> HALF.minimumCalls(101), "minimumCalls (101) must be <= window (100)"),
                refusal(() -> HALF.minimumCalls(20).window(19), "window (19) must be >= minimumCalls (20)"),
                refusal(() -> HALF.openFor(Duration.ZERO), "openFor must be > PT0S, was PT0S"),
                refusal(() -> HALF.openFor(null), "openFor must not be null; pass a value"),
                refusal(() -> HALF.openFor(Duration.ZERO, SECOND), "initial must be > PT0S, was PT0S"),
                refusal(() -> HALF.openFor(null, SECOND), "initial must not be null; pass a value"),
                refusal(() -> HALF.openFor(SECOND, Duration.ZERO), "max must be > PT0S, was PT0S"),
                refusal(() -> HALF.openFor(SECOND, null), "max must not be null; pass a value"),
                refusal(() -> HALF.openFor(Duration.ofSeconds(5), SECOND), "max (PT1S) must be >= initial (PT5S)"),
                refusal(() -> HALF.halfOpen(0), "permits must be >= 1, was 0"),
                refusal(() -> HALF.halfOpenAtMost(Duration.ofSeconds(-1)), "halfOpenAtMost must be > PT0S, was PT-1S"),
                refusal(() -> HALF.halfOpenAtMost(null), "halfOpenAtMost must not be null; pass a value"),
                refusal(() -> HALF.recordOn((Class<? extends Exception>) null), "type must not be null; pass a value"),
                refusal(() -> HALF.ignoreOn((Class<? extends Exception>) null), "type must not be null; pass a value"),
                refusal(() -> HALF.recordOn((Predicate<Throwable>) null), "failure must not be null; pass a value"),
                refusal(() -> HALF.ignoreOn((Predicate<Throwable>) null), "failure must not be null; pass a value"));
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
    void describes_itself_with_its_defaults() {
        assertThat(HALF).hasToString("CircuitBreakerPolicy[failureRate=0.5, slowCalls=unset, window=100 calls, "
                + "minimumCalls=10, openFor=PT10S, halfOpen=3, halfOpenAtMost=PT1M, recordOn=0, ignoreOn=0]");
    }

    @Test
    void keeps_what_was_chosen_in_whatever_order() {
        String chosen = "CircuitBreakerPolicy[failureRate=0.25, slowCalls=0.75 > PT1S, window=PT2S, minimumCalls=7, "
                + "openFor=PT1S..PT8S, halfOpen=4, halfOpenAtMost=PT5S, recordOn=2, ignoreOn=2]";

        assertThat(failureRate(0.25).slowCalls(SECOND, 0.75).window(Duration.ofSeconds(2)).minimumCalls(7)
                .openFor(SECOND, Duration.ofSeconds(8)).halfOpen(4).halfOpenAtMost(Duration.ofSeconds(5))
                .recordOn(IOException.class).recordOn(f -> true).ignoreOn(IOException.class).ignoreOn(f -> true))
                .hasToString(chosen);
        assertThat(failureRate(0.25).ignoreOn(IOException.class).ignoreOn(f -> true).recordOn(IOException.class)
                .recordOn(f -> true).halfOpenAtMost(Duration.ofSeconds(5)).halfOpen(4)
                .openFor(SECOND, Duration.ofSeconds(8)).minimumCalls(7).window(Duration.ofSeconds(2))
                .slowCalls(SECOND, 0.75)).hasToString(chosen);
    }

    @Test
    void does_not_change_when_another_is_derived_from_it() {
        String before = HALF.toString();

        HALF.slowCalls(SECOND, 1).window(7).minimumCalls(3).openFor(SECOND).halfOpen(1).halfOpenAtMost(SECOND)
                .recordOn(IOException.class).ignoreOn(IOException.class);

        assertThat(HALF).hasToString(before);
    }

    @Test
    void takes_the_bounds_themselves() {
        assertThat(
                failureRate(1).slowCalls(Duration.ofNanos(1), 1).window(1_000_000).minimumCalls(1_000_000).halfOpen(1))
                .hasToString(
                        "CircuitBreakerPolicy[failureRate=1.0, slowCalls=1.0 > PT0.000000001S, window=1000000 calls, "
                                + "minimumCalls=1000000, openFor=PT10S, halfOpen=1, halfOpenAtMost=PT1M, recordOn=0, "
                                + "ignoreOn=0]");
        assertThat(failureRate(Double.MIN_VALUE).window(1).openFor(SECOND, SECOND))
                .hasToString("CircuitBreakerPolicy[failureRate=4.9E-324, slowCalls=unset, window=1 calls, "
                        + "minimumCalls=1, openFor=PT1S, halfOpen=3, halfOpenAtMost=PT1M, recordOn=0, ignoreOn=0]");
    }

    @Test
    void the_least_number_of_calls_follows_a_smaller_window_unless_set() {
        assertThat(HALF.window(9).minimumCalls()).isEqualTo(9);
        assertThat(HALF.window(9).window(50).minimumCalls()).isEqualTo(10);
        assertThat(HALF.window(SECOND).minimumCalls()).isEqualTo(10);
        assertThat(HALF.minimumCalls(20).window(20).minimumCalls()).isEqualTo(20);
        assertThat(HALF.minimumCalls(100).window(SECOND).minimumCalls(Integer.MAX_VALUE).minimumCalls())
                .isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void every_failure_counts_unless_said_otherwise() {
        assertThat(HALF.records(new IOException())).isTrue();
        assertThat(HALF.records(new InterruptedException())).isTrue();
        assertThat(HALF.records(new AssertionError())).isTrue();
    }

    @Test
    void only_what_was_named_counts_with_its_subclasses() {
        CircuitBreakerPolicy policy = HALF.recordOn(IOException.class).recordOn(f -> "me too".equals(f.getMessage()));

        assertThat(policy.records(new FileNotFoundException())).isTrue();
        assertThat(policy.records(new IllegalStateException("me too"))).isTrue();
        assertThat(policy.records(new IllegalStateException())).isFalse();
    }

    @Test
    void what_is_ignored_does_not_count_even_if_it_was_named() {
        CircuitBreakerPolicy policy = HALF.recordOn(IOException.class).ignoreOn(FileNotFoundException.class)
                .ignoreOn(f -> "not me".equals(f.getMessage()));

        assertThat(policy.records(new IOException())).isTrue();
        assertThat(policy.records(new FileNotFoundException())).isFalse();
        assertThat(policy.records(new IOException("not me"))).isFalse();
    }

    @Test
    void errors_count_whatever_is_said_and_no_predicate_is_asked() {
        CircuitBreakerPolicy policy = HALF.recordOn(IOException.class).ignoreOn(f -> {
            throw new IllegalStateException("asked");
        });

        assertThat(policy.records(new StackOverflowError())).isTrue();
        assertThat(HALF.ignoreOn(f -> true).records(new AssertionError())).isTrue();
    }

    @Test
    void what_a_predicate_cannot_classify_counts() {
        Predicate<Throwable> broken = f -> {
            throw new AssertionError("planted");
        };

        assertThat(HALF.ignoreOn(broken).records(new IOException())).isTrue();
        assertThat(HALF.recordOn(broken).records(new IOException())).isTrue();
    }
}
