/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.rate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.fixture.Threads;
import dev.eventbus.policy.RateLimit;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real threads at one bucket take exactly what it has: never more, and no token is lost. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(60)
class TokenBucketThreadsTest {
    private static final int THREADS = 8;

    private static int sum(List<Integer> counts) {
        return counts.stream().mapToInt(Integer::intValue).sum();
    }

    @Test
    void threads_at_a_clock_that_stands_still_share_exactly_the_burst() {
        for (int round = 0; round < 5; round++) { // so many tokens that no thread has them all before the next begins
            TokenBucket bucket = new TokenBucket(RateLimit.of(1, Duration.ofSeconds(1)).burst(1_000_000), 0);

            int taken = sum(Threads.together(THREADS, i -> () -> takeWhileThere(bucket)));

            assertThat(taken).isEqualTo(1_000_000);
        }
    }

    private static int takeWhileThere(TokenBucket bucket) {
        int taken = 0;
        while (bucket.take(0) == 0) {
            taken++;
        }
        return taken;
    }

    @Test
    void threads_that_give_back_lose_no_token_and_make_none() {
        for (int round = 0; round < 20; round++) {
            TokenBucket bucket = new TokenBucket(RateLimit.of(1, Duration.ofHours(1)).burst(100), 0);

            Threads.together(THREADS, i -> () -> takeAndGiveBack(bucket));

            assertThat(takeWhileThere(bucket)).isEqualTo(100);
        }
    }

    private static int takeAndGiveBack(TokenBucket bucket) {
        int returned = 0;
        for (int i = 0; i < 10_000; i++) {
            if (bucket.take(0) == 0) {
                bucket.giveBack();
                returned++;
            }
        }
        return returned;
    }

    @Test
    void threads_whose_clock_runs_take_burst_and_rate_and_not_one_more() {
        int last = 3_000_000;
        TokenBucket bucket = new TokenBucket(RateLimit.of(1, Duration.ofNanos(2)).burst(50), 0);
        AtomicLong clock = new AtomicLong();

        int taken = sum(Threads.together(THREADS, i -> () -> takeUntil(bucket, clock, last)));

        // a thread that is slow may still bring an old reading, and finds less then; the last reading brings the rest
        assertThat(taken + rest(bucket, last)).isLessThanOrEqualTo(50 + last / 2);
        assertThat(taken).isGreaterThan(last / 4);
    }

    private static int takeUntil(TokenBucket bucket, AtomicLong clock, int last) {
        int taken = 0;
        for (long now = clock.incrementAndGet(); now <= last; now = clock.incrementAndGet()) {
            taken += bucket.take(now) == 0 ? 1 : 0;
        }
        return taken;
    }

    private static int rest(TokenBucket bucket, long now) {
        int taken = 0;
        while (bucket.take(now) == 0) {
            taken++;
        }
        return taken;
    }
}
