/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.rate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.policy.RateLimit;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TokenBucketTest {
    private static final Duration LONGEST = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);
    private static final Duration HUNDRED_NANOS = Duration.ofNanos(100);
    private static final long CENTURIES = Long.MAX_VALUE / 4;

    private static int takeAll(TokenBucket bucket, long now, int atMost) {
        int taken = 0;
        while (taken < atMost && bucket.take(now) == 0) {
            taken++;
        }
        return taken;
    }

    @Test
    void begins_with_all_its_burst_and_no_more() {
        TokenBucket bucket = new TokenBucket(RateLimit.of(10, HUNDRED_NANOS).burst(3), 0);

        assertThat(takeAll(bucket, 0, 100)).isEqualTo(3);
    }

    @Test
    void tells_the_time_after_which_asking_again_helps_and_not_a_nanosecond_more() {
        TokenBucket bucket = new TokenBucket(RateLimit.of(10, HUNDRED_NANOS).burst(2), 0);
        takeAll(bucket, 5, 2);

        assertThat(bucket.take(5)).isEqualTo(10);
        assertThat(bucket.take(14)).isEqualTo(1);
        assertThat(bucket.take(15)).isZero();
        assertThat(bucket.take(15)).isEqualTo(10);
    }

    @Test
    void a_refusal_costs_nothing() {
        TokenBucket bucket = new TokenBucket(RateLimit.of(10, HUNDRED_NANOS).burst(1), 0);
        bucket.take(0);
        for (int i = 0; i < 1_000; i++) {
            bucket.take(9);
        }

        assertThat(bucket.take(10)).isZero();
    }

    @Test
    void idle_time_is_not_saved_up_beyond_the_burst() {
        TokenBucket bucket = new TokenBucket(RateLimit.of(10, HUNDRED_NANOS).burst(3), 0);

        assertThat(takeAll(bucket, 1_000_000_000_000L, 100)).isEqualTo(3);
        assertThat(takeAll(bucket, 2_000_000_000_000L, 100)).isEqualTo(3);
    }

    @Test
    void a_part_of_the_burst_comes_back_in_a_part_of_the_time() {
        TokenBucket bucket = new TokenBucket(RateLimit.of(10, HUNDRED_NANOS).burst(8), 0);
        takeAll(bucket, 0, 8);

        assertThat(takeAll(bucket, 39, 100)).isEqualTo(3);
        assertThat(takeAll(bucket, 40, 100)).isEqualTo(1);
    }

    @Test
    void what_is_given_back_can_be_taken_once_more() {
        TokenBucket bucket = new TokenBucket(RateLimit.of(10, HUNDRED_NANOS).burst(3), 0);
        takeAll(bucket, 0, 3);

        bucket.giveBack();
        bucket.giveBack();

        assertThat(takeAll(bucket, 0, 100)).isEqualTo(2);
    }

    @Test
    void giving_back_when_time_has_filled_the_bucket_adds_nothing() {
        TokenBucket bucket = new TokenBucket(RateLimit.of(10, HUNDRED_NANOS).burst(3), 0);
        takeAll(bucket, 0, 3);
        for (int i = 0; i < 3; i++) {
            bucket.giveBack();
        }

        assertThat(takeAll(bucket, 1_000, 100)).isEqualTo(3);
        assertThat(takeAll(bucket, 1_000, 100)).isZero();
    }

    @Test
    void a_rate_that_does_not_divide_into_nanoseconds_is_rounded_to_the_slower_side() {
        TokenBucket bucket = new TokenBucket(RateLimit.of(3, HUNDRED_NANOS).burst(1), 0);
        bucket.take(0);

        assertThat(bucket.take(0)).isEqualTo(34);
    }

    @Test
    void more_than_one_permit_in_a_nanosecond_counts_as_one() {
        TokenBucket bucket = new TokenBucket(RateLimit.of(Integer.MAX_VALUE, Duration.ofNanos(1)).burst(1), 0);
        bucket.take(0);

        assertThat(bucket.take(0)).isEqualTo(1);
    }

    @Test
    void the_longest_time_leaves_the_burst_and_nothing_after_it() {
        TokenBucket bucket = new TokenBucket(RateLimit.of(1, LONGEST).burst(1), 0);

        assertThat(bucket.take(0)).isZero();
        assertThat(bucket.take(0)).isEqualTo(CENTURIES);
        assertThat(bucket.take(CENTURIES - 1)).isEqualTo(1);
        assertThat(bucket.take(CENTURIES)).isZero();
    }

    @Test
    void the_largest_burst_of_the_longest_time_does_not_overflow() {
        TokenBucket bucket = new TokenBucket(new RateLimit(1, LONGEST, Integer.MAX_VALUE), Long.MAX_VALUE - 1);

        assertThat(takeAll(bucket, Long.MAX_VALUE, 1_000_000)).isEqualTo(1_000_000);
        assertThat(takeAll(bucket, Long.MIN_VALUE, 1_000_000)).isEqualTo(1_000_000);
    }

    @Test
    void a_burst_that_would_take_longer_than_73_years_comes_back_within_them() {
        TokenBucket bucket = new TokenBucket(new RateLimit(1, LONGEST, 4), 0);
        assertThat(takeAll(bucket, 0, 100)).isEqualTo(4);

        assertThat(bucket.take(0)).isEqualTo(CENTURIES / 4);
        assertThat(takeAll(bucket, CENTURIES, 100)).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 1, Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE - 150, Long.MIN_VALUE + 150,
            -9_000_000_000_000L})
    void holds_for_every_reading_that_the_clock_begins_with(long start) {
        TokenBucket bucket = new TokenBucket(RateLimit.of(10, HUNDRED_NANOS).burst(2), start);

        int taken = 0;
        for (long t = 0; t <= 1_000; t++) {
            taken += takeAll(bucket, start + t, 100); // wraps on purpose
        }

        assertThat(taken).isEqualTo(2 + 100);
    }

    @Test
    void a_clock_that_stands_still_gives_the_burst_alone() {
        TokenBucket bucket = new TokenBucket(RateLimit.of(1_000_000, HUNDRED_NANOS).burst(5), 77);

        assertThat(LongStream.generate(() -> bucket.take(77)).limit(100_000).filter(wait -> wait == 0)).hasSize(5);
    }

    @Test
    void a_clock_that_goes_back_gives_nothing_until_it_has_caught_up() {
        TokenBucket bucket = new TokenBucket(RateLimit.of(10, HUNDRED_NANOS).burst(2), 0);
        takeAll(bucket, 1_000, 2);

        assertThat(bucket.take(-5_000)).isEqualTo(6_010);
        assertThat(bucket.take(Long.MIN_VALUE + 2_000)).isPositive();
        assertThat(bucket.take(1_009)).isEqualTo(1);
        assertThat(bucket.take(1_010)).isZero();
    }

    @Test
    void a_clock_that_jumps_ahead_gives_one_burst_and_after_it_the_rate() {
        TokenBucket bucket = new TokenBucket(RateLimit.of(10, HUNDRED_NANOS).burst(2), 0);
        takeAll(bucket, 0, 2);

        long later = Duration.ofDays(36_500).toNanos();
        assertThat(takeAll(bucket, later, 100)).isEqualTo(2);
        assertThat(takeAll(bucket, later + 10, 100)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void agrees_with_a_bucket_that_adds_up_drops_one_by_one(long seed) {
        Random random = new Random(seed);
        int burst = 1 + random.nextInt(9);
        int interval = 1 + random.nextInt(50);
        long start = random.nextLong();
        TokenBucket bucket = new TokenBucket(new RateLimit(1, Duration.ofNanos(interval), burst), start);
        Model model = new Model(burst, interval);
        int out = 0;

        for (int i = 0; i < 50_000; i++) {
            model.advance(
                    random.nextInt(10) == 0 ? random.nextInt(interval * burst * 2) : random.nextInt(interval + 1));
            if (out > 0 && random.nextInt(8) == 0) {
                bucket.giveBack();
                model.giveBack();
                out--;
            } else {
                long wait = bucket.take(start + model.now);
                assertThat(wait).as("step %d at %d", i, model.now).isEqualTo(model.take());
                out += wait == 0 ? 1 : 0;
            }
        }
    }

    /** One drop falls in each nanosecond, a token is as many drops as the interval has nanoseconds. */
    private static final class Model {
        private final long most;
        private final long interval;
        private long drops;
        private long now;

        Model(int burst, int interval) {
            this.most = (long) burst * interval;
            this.interval = interval;
            this.drops = most;
        }

        void advance(long nanos) {
            now += nanos;
            drops = Math.min(most, drops + nanos);
        }

        long take() {
            if (drops < interval) {
                return interval - drops;
            }
            drops -= interval;
            return 0;
        }

        void giveBack() {
            drops = Math.min(most, drops + interval);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void no_window_of_time_holds_more_than_burst_and_rate_allow(long seed) {
        Random random = new Random(seed);
        RateLimit limit = new RateLimit(1 + random.nextInt(1_000), Duration.ofNanos(1 + random.nextInt(100_000)),
                1 + random.nextInt(20));
        TokenBucket bucket = new TokenBucket(limit, 0);
        List<Long> taken = new ArrayList<>();
        for (long now = 0; taken.size() < 1_000; now += random.nextInt(200)) {
            if (bucket.take(now) == 0) {
                taken.add(now);
            }
        }

        for (int from = 0; from < taken.size(); from++) {
            for (int to = from; to < taken.size(); to++) {
                long time = taken.get(to) - taken.get(from);
                assertThat((to - from + 1L - limit.burst()) * limit.per().toNanos())
                        .isLessThanOrEqualTo(time * limit.permits());
            }
        }
    }

    @Test
    void whoever_waits_as_long_as_told_gets_every_token_of_the_rate() {
        TokenBucket bucket = new TokenBucket(RateLimit.of(7, Duration.ofNanos(700)).burst(4), 0);
        Deque<Long> taken = new ArrayDeque<>();
        long now = 0;
        while (now <= 1_000_000) {
            long wait = bucket.take(now);
            if (wait == 0) {
                taken.add(now);
            }
            now += wait;
        }

        assertThat(taken).hasSize(4 + 1_000_000 / 100);
    }
}
