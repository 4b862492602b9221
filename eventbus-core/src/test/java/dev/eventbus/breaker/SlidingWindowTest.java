/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both windows against lists that keep everything. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SlidingWindowTest {
    private static final int STEPS = 3_000;
    private static final long BEGIN = Long.MAX_VALUE - 1_000; // the clock may run over its end

    /** One result. */
    private record Result(boolean failed, boolean slow, long sinceBegin) {
        static Result drawn(Random random, long sinceBegin) {
            return new Result(random.nextInt(3) == 0, random.nextInt(4) == 0, sinceBegin);
        }
    }

    private static void assertSame(Tally tally, List<Result> expected) {
        long failures = expected.stream().filter(Result::failed).count();
        long slow = expected.stream().filter(Result::slow).count();
        assertThat(tally.calls()).isEqualTo(expected.size());
        assertThat(tally.failureRate()).isEqualTo(expected.isEmpty() ? 0 : (double) failures / expected.size());
        assertThat(tally.slowRate()).isEqualTo(expected.isEmpty() ? 0 : (double) slow / expected.size());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 63, 64, 65, 100, 127, 128, 129, 1000})
    void a_count_window_holds_the_last_so_many(int size) {
        Random random = new Random(size);
        SlidingWindow window = new Span.Calls(size).window(0);
        List<Result> all = new ArrayList<>();
        assertSame(window.tally(0), all);

        for (int i = 0; i < STEPS; i++) {
            Result result = Result.drawn(random, 0);
            all.add(result);
            window.add(result.failed, result.slow, random.nextLong());
            assertSame(window.tally(random.nextLong()), all.subList(Math.max(0, all.size() - size), all.size()));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 59, 60, 61, 119, 120, 121, 1_000, 3_601, 1_000_000})
    void a_time_window_holds_the_slices_of_the_last_time(long length) {
        Random random = new Random(length);
        SlidingWindow window = new Span.Time(Duration.ofNanos(length)).window(BEGIN);
        long slice = (length + 59) / 60;
        long slices = (length + slice - 1) / slice;
        List<Result> all = new ArrayList<>();
        long now = 0;

        for (int i = 0; i < STEPS; i++) {
            now += step(random, length, slice);
            long reached = now / slice;
            all.removeIf(result -> result.sinceBegin / slice <= reached - slices);
            assertSame(window.tally(BEGIN + now), all);
            all.add(Result.drawn(random, now));
            window.add(all.getLast().failed, all.getLast().slow, BEGIN + now);
            assertSame(window.tally(BEGIN + now), all);
        }
    }

    private static long step(Random random, long length, long slice) {
        return switch (random.nextInt(20)) {
            case 0 -> length - 1 + random.nextInt(3);
            case 1 -> 2 * length + random.nextLong(length);
            case 2, 3, 4 -> slice;
            case 5, 6, 7 -> random.nextLong(2 * slice + 1);
            default -> 0;
        };
    }

    @Test
    void a_time_window_forgets_nothing_younger_than_59_sixtieths_and_everything_older_than_all() {
        SlidingWindow window = new Span.Time(Duration.ofSeconds(60)).window(0);
        long second = 1_000_000_000L;
        window.add(true, false, second - 1);

        assertThat(window.tally(60 * second - 1).calls()).isEqualTo(1);
        assertThat(window.tally(60 * second).calls()).isZero();
    }

    @Test
    void an_older_reading_of_the_clock_counts_as_the_newest() {
        SlidingWindow window = new Span.Time(Duration.ofNanos(60)).window(0);
        window.add(false, false, 30);

        window.add(true, false, 10);
        window.add(true, false, -10);

        assertThat(window.tally(89).calls()).isEqualTo(3);
        assertThat(window.tally(90).calls()).isZero();
    }

    @Test
    void a_time_window_has_at_most_60_slices_for_the_longest_time_too() {
        SlidingWindow window = new Span.Time(Duration.ofSeconds(Long.MAX_VALUE)).window(0);
        window.add(true, true, 0);

        assertThat(window.tally(Nanos.FAR - 1).calls()).isEqualTo(1);
        assertThat(window.tally(Nanos.FAR + Nanos.FAR / 10).calls()).isZero();
    }

    @Test
    void durations_become_nanoseconds_without_overflow() {
        assertThat(Nanos.of(Duration.ofNanos(7))).isEqualTo(7);
        assertThat(Nanos.of(Duration.ofSeconds(-1))).isZero();
        assertThat(Nanos.of(Duration.ofSeconds(Long.MIN_VALUE))).isZero();
        assertThat(Nanos.of(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(Nanos.FAR);
        long far = Nanos.FAR / 1_000_000_000L;
        assertThat(Nanos.of(Duration.ofSeconds(far - 1))).isEqualTo((far - 1) * 1_000_000_000L);
        assertThat(Nanos.of(Duration.ofSeconds(far))).isEqualTo(Nanos.FAR);
    }

    @Test
    void doubling_ends_at_the_maximum() {
        assertThat(Nanos.doubled(3, 8)).isEqualTo(6);
        assertThat(Nanos.doubled(4, 8)).isEqualTo(8);
        assertThat(Nanos.doubled(5, 8)).isEqualTo(8);
        assertThat(Nanos.doubled(Nanos.FAR, Nanos.FAR)).isEqualTo(Nanos.FAR);
        assertThat(Nanos.doubled(1L << 62, Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
    }
}
