/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.deadletter.DeadLetterReason;
import dev.eventbus.internal.rate.TokenBucket;
import dev.eventbus.internal.retry.RetryDecision.GiveUp;
import dev.eventbus.internal.retry.RetryDecision.Retry;
import dev.eventbus.policy.FailureRules;
import dev.eventbus.policy.RetryBudgetPolicy;
import dev.eventbus.policy.RetryPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A dependency is down: what retries do to it (RELIABILITY B28). */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OutageTest {
    private static final long MINUTE = Duration.ofSeconds(60).toNanos();
    private static final int EVENTS = 100_000;
    private static final IOException DOWN = new IOException("down");

    private final Random random = new Random(11);
    private int first;
    private int retries;
    private int refused;

    /** An attempt that is due. */
    private record Due(long at, int attempt, long delay) {}

    /** Events come evenly for a minute; every attempt of the minute fails. */
    private void outage(RetryTerms terms) {
        PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparingLong(Due::at));
        for (int i = 0; i < EVENTS; i++) {
            due.add(new Due(MINUTE / EVENTS * i, 1, 0));
        }
        for (Due next = due.poll(); next != null && next.at() <= MINUTE; next = due.poll()) {
            first += next.attempt() == 1 ? 1 : 0;
            RetryDecision decision = RetryDecider.decide(terms,
                    new RoundSoFar(next.attempt(), 0, next.delay(), next.at()), DOWN, random);
            if (decision instanceof Retry retry) {
                retries++;
                due.add(new Due(next.at() + retry.delayNanos(), next.attempt() + 1, retry.delayNanos()));
            } else if (decision.equals(new GiveUp(DeadLetterReason.BUDGET_EXHAUSTED))) {
                refused++;
            }
        }
    }

    @Test
    void retries_of_a_minute_are_the_burst_and_the_rate_and_not_one_more() {
        RetryBudgetPolicy budget = RetryBudgetPolicy.of("db", 50, Duration.ofSeconds(1)).burst(200);
        outage(new RetryTerms(RetryPolicy.exponential(Duration.ofMillis(100), Duration.ofSeconds(10)).maxAttempts(5),
                FailureRules.none(), new TokenBucket(budget.rate(), 0)));

        assertThat(first).isEqualTo(EVENTS);
        assertThat(retries).isLessThanOrEqualTo(200 + 60 * 50).isGreaterThan(200 + 60 * 49);
        assertThat(refused).isGreaterThan(EVENTS / 2);
    }

    @Test
    void without_a_budget_retries_are_several_times_the_events() {
        outage(new RetryTerms(RetryPolicy.exponential(Duration.ofMillis(100), Duration.ofSeconds(1)).maxAttempts(5),
                FailureRules.none(), null));

        assertThat(retries).isGreaterThan(3 * EVENTS);
        assertThat(refused).isZero();
    }

    @Test
    void retries_of_equal_failures_leave_no_crowd_with_the_jitter_of_exponential_delays() {
        assertSpread(RetryPolicy.exponential(Duration.ofSeconds(1), Duration.ofMinutes(1)));
    }

    @Test
    void retries_of_equal_failures_leave_no_crowd_with_decorrelated_delays() {
        assertSpread(RetryPolicy.decorrelatedJitter(Duration.ofSeconds(1), Duration.ofMinutes(1)));
    }

    // 10^4 events fail at the same moment, over and over; every round of retries is spread over its time
    private void assertSpread(RetryPolicy policy) {
        RetryTerms terms = new RetryTerms(policy.maxAttempts(10), FailureRules.none(), null);
        long[] delays = new long[10_000];
        for (int attempt = 1; attempt < 4; attempt++) {
            for (int i = 0; i < delays.length; i++) {
                delays[i] = ((Retry) RetryDecider.decide(terms, new RoundSoFar(attempt, 0, 0, 0), DOWN, random))
                        .delayNanos();
            }
            assertThat(crowd(delays)).as("most of attempt %d in one percent of the time", attempt).isLessThan(300);
        }
    }

    private static int crowd(long[] delays) {
        long from = Arrays.stream(delays).min().orElseThrow();
        long to = Arrays.stream(delays).max().orElseThrow();
        int[] slots = new int[100];
        for (long delay : delays) {
            slots[(int) Math.min(99, (delay - from) * 100 / (to - from))]++;
        }
        return IntStream.of(slots).max().orElseThrow();
    }
}
