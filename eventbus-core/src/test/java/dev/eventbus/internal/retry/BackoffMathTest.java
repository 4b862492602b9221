/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.policy.Backoff;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BackoffMathTest {
    private static final Duration LONGEST = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);
    private static final Duration NANO = Duration.ofNanos(1);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final double[] JITTERS = {0, 0.1, 0.5, 1};

    private final Random random = new Random(7);

    static Stream<Arguments> backoffs() {
        return Stream.of(
                Arguments.of(new Backoff.Fixed(Duration.ZERO), Duration.ZERO),
                Arguments.of(new Backoff.Fixed(NANO), NANO),
                Arguments.of(new Backoff.Fixed(SECOND), SECOND),
                Arguments.of(new Backoff.Fixed(LONGEST), LONGEST),
                Arguments.of(new Backoff.Exponential(NANO, NANO), NANO),
                Arguments.of(new Backoff.Exponential(NANO, LONGEST), LONGEST),
                Arguments.of(new Backoff.Exponential(Duration.ofNanos(3), HOUR), HOUR),
                Arguments.of(new Backoff.Exponential(SECOND, HOUR), HOUR),
                Arguments.of(new Backoff.Exponential(HOUR, LONGEST), LONGEST),
                Arguments.of(new Backoff.Exponential(LONGEST, LONGEST), LONGEST),
                Arguments.of(new Backoff.DecorrelatedJitter(NANO, LONGEST), LONGEST),
                Arguments.of(new Backoff.DecorrelatedJitter(SECOND, HOUR), HOUR),
                Arguments.of(new Backoff.DecorrelatedJitter(HOUR, HOUR), HOUR),
                Arguments.of(new Backoff.DecorrelatedJitter(LONGEST, LONGEST), LONGEST));
    }

    @ParameterizedTest
    @MethodSource("backoffs")
    void lies_between_zero_and_the_maximum_for_every_attempt(Backoff backoff, Duration max) {
        assertWithin(backoff, max, random, 1);
    }

    @ParameterizedTest
    @MethodSource("backoffs")
    void lies_between_zero_and_the_maximum_when_chance_is_at_its_upper_end(Backoff backoff, Duration max) {
        assertWithin(backoff, max, new Chosen(bound -> bound - 1), 1);
    }

    @ParameterizedTest
    @MethodSource("backoffs")
    void lies_between_zero_and_the_maximum_when_chance_is_at_its_lower_end(Backoff backoff, Duration max) {
        assertWithin(backoff, max, new Chosen(bound -> 0), 1);
    }

    @ParameterizedTest
    @MethodSource("backoffs")
    void lies_between_zero_and_the_maximum_for_attempt_zero_too(Backoff backoff, Duration max) {
        assertThat(BackoffMath.delayNanos(backoff, 0, 0, 0, random)).isBetween(0L, Ports.toNanos(max));
    }

    @ParameterizedTest
    @MethodSource("backoffs")
    void lies_between_zero_and_the_maximum_for_each_of_a_million_attempts(Backoff backoff, Duration max) {
        double jitter = backoff instanceof Backoff.DecorrelatedJitter ? 0 : 0.5;
        long most = Ports.toNanos(max);
        long previous = 0;
        for (int retry = 1; retry <= 1_000_000; retry++) {
            previous = BackoffMath.delayNanos(backoff, jitter, retry, previous, random);
            if (previous < 0 || previous > most) {
                throw new AssertionError("retry " + retry + " is delayed by " + previous);
            }
        }
    }

    private static void assertWithin(Backoff backoff, Duration max, RandomGenerator chance, int from) {
        for (double jitter : JITTERS) {
            if (backoff instanceof Backoff.DecorrelatedJitter && jitter > 0) {
                continue;
            }
            long previous = 0;
            for (int retry : attempts(from)) {
                previous = BackoffMath.delayNanos(backoff, jitter, retry, previous, chance);
                assertThat(previous).as("jitter %s, retry %d", jitter, retry).isBetween(0L, Ports.toNanos(max));
            }
        }
    }

    private static int[] attempts(int from) {
        IntStream first = IntStream.rangeClosed(from, 200);
        IntStream sampled = IntStream.iterate(211, n -> n <= 1_000_000, n -> n + 997);
        IntStream last = IntStream.of(1_000_000, Integer.MAX_VALUE);
        return IntStream.concat(IntStream.concat(first, sampled), last).toArray();
    }

    @Test
    void fixed_delays_stay_the_same_without_jitter() {
        assertThat(IntStream.rangeClosed(1, 10)
                .mapToObj(retry -> delay(new Backoff.Fixed(SECOND), 0, retry))).containsOnly(SECOND);
    }

    @Test
    void exponential_delays_double_up_to_the_maximum() {
        Backoff backoff = new Backoff.Exponential(Duration.ofMillis(100), SECOND);

        List<Duration> delays = IntStream.rangeClosed(1, 6).mapToObj(retry -> delay(backoff, 0, retry)).toList();

        assertThat(delays).containsExactly(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(400),
                Duration.ofMillis(800), SECOND, SECOND);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 3, 1_000, 999_999_937, 1L << 40, 1L << 60})
    void exponential_delays_never_fall_without_jitter(long initialNanos) {
        Backoff backoff = new Backoff.Exponential(Duration.ofNanos(initialNanos), LONGEST);
        long last = 0;

        for (int retry : attempts(1)) {
            long delay = BackoffMath.delayNanos(backoff, 0, retry, last, random);
            assertThat(delay).as("retry %d", retry).isGreaterThanOrEqualTo(last);
            last = delay;
        }
        assertThat(last).isEqualTo(Ports.toNanos(LONGEST));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 1})
    void jitter_draws_from_the_upper_part_of_the_delay(double jitter) {
        long delay = SECOND.toNanos();

        for (int i = 0; i < 10_000; i++) {
            long drawn = BackoffMath.delayNanos(new Backoff.Fixed(SECOND), jitter, 1, 0, random);
            assertThat(drawn).isBetween(delay - (long) (delay * jitter), delay);
        }
    }

    @Test
    void jitter_reaches_both_ends_of_its_range() {
        Backoff backoff = new Backoff.Fixed(Duration.ofNanos(10));

        assertThat(BackoffMath.delayNanos(backoff, 0.5, 1, 0, new Chosen(bound -> 0))).isEqualTo(10);
        assertThat(BackoffMath.delayNanos(backoff, 0.5, 1, 0, new Chosen(bound -> bound - 1))).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 1})
    void jitter_leaves_no_crowd_of_equal_failures(double jitter) {
        long delay = SECOND.toNanos();
        long range = (long) (delay * jitter);

        assertSpread(delay - range, range,
                () -> BackoffMath.delayNanos(new Backoff.Fixed(SECOND), jitter, 1, 0, random));
    }

    @Test
    void decorrelated_jitter_leaves_no_crowd_of_equal_failures() {
        Backoff backoff = new Backoff.DecorrelatedJitter(SECOND, HOUR);
        long initial = SECOND.toNanos();

        assertSpread(initial, 2 * initial, () -> BackoffMath.delayNanos(backoff, 0, 1, 0, random));
    }

    private static void assertSpread(long from, long range, java.util.function.LongSupplier draw) {
        int failures = 10_000;
        int[] slots = new int[100];
        for (int i = 0; i < failures; i++) {
            slots[(int) Math.min(99, (draw.getAsLong() - from) * 100.0 / range)]++;
        }
        assertThat(IntStream.of(slots).max().orElseThrow()).as("most failures in one percent of the range")
                .isLessThan(failures * 3 / 100);
    }

    @Test
    void decorrelated_delays_lie_between_the_initial_one_and_three_times_the_one_before() {
        Backoff backoff = new Backoff.DecorrelatedJitter(SECOND, HOUR);
        long previous = 0;

        for (int retry = 1; retry <= 10_000; retry++) {
            long upper = Math.min(HOUR.toNanos(), 3 * Math.max(SECOND.toNanos(), previous));
            long delay = BackoffMath.delayNanos(backoff, 0, retry, previous, random);
            assertThat(delay).isBetween(SECOND.toNanos(), upper);
            previous = delay;
        }
    }

    @Test
    void three_times_the_delay_before_is_kept_to_the_nanosecond_below_the_maximum_and_the_maximum_above_it() {
        Backoff backoff = new Backoff.DecorrelatedJitter(Duration.ofNanos(3), Duration.ofNanos(11));
        RandomGenerator longest = new Chosen(bound -> bound - 1);

        assertThat(BackoffMath.delayNanos(backoff, 0, 2, 3, longest)).isEqualTo(9);
        assertThat(BackoffMath.delayNanos(backoff, 0, 2, 4, longest)).isEqualTo(11);
    }

    @Test
    void decorrelated_delays_reach_the_maximum() {
        Backoff backoff = new Backoff.DecorrelatedJitter(SECOND, HOUR);
        long previous = 0;

        for (int retry = 1; retry <= 20; retry++) {
            previous = BackoffMath.delayNanos(backoff, 0, retry, previous, new Chosen(bound -> bound - 1));
        }

        assertThat(previous).isEqualTo(HOUR.toNanos());
    }

    private Duration delay(Backoff backoff, double jitter, int retry) {
        return Duration.ofNanos(BackoffMath.delayNanos(backoff, jitter, retry, 0, random));
    }

    /** Chance that a test decides. */
    private record Chosen(LongUnaryOperator choice) implements RandomGenerator {
        @Override
        public long nextLong() {
            throw new AssertionError("delays are drawn below a bound");
        }

        @Override
        public long nextLong(long bound) {
            return choice.applyAsLong(bound);
        }
    }
}
