/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.deadletter.DeadLetterReason;
import dev.eventbus.deadletter.FailedAttempt;
import dev.eventbus.fixture.ManualClocks;
import dev.eventbus.fixture.TestPorts;
import dev.eventbus.internal.retry.RetryDecision;
import dev.eventbus.internal.retry.RetryDecision.GiveUp;
import dev.eventbus.internal.retry.RetryDecision.Retry;
import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.policy.FailureAction;
import dev.eventbus.policy.FailureRules;
import dev.eventbus.policy.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What counts for the policy and what does not, and how much of the history stays. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DeliveryHistoryTest {
    private static final Duration DELAY = Duration.ofMillis(100);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final RetryDecision AGAIN = new Retry(DELAY.toNanos());
    private static final RetryDecision TOO_LATE = new GiveUp(DeadLetterReason.TIME_EXHAUSTED);
    private static final RetryPolicy ONE_SECOND = RetryPolicy.fixed(DELAY).maxElapsed(SECOND).maxAttempts(1_000);
    private static final AttemptResult.Failed FAILED = new AttemptResult.Failed(new IllegalStateException("no"), null);

    private final ManualClocks clocks = new ManualClocks();
    private final Ports ports = TestPorts.of(clocks);

    private Target target(RetryPolicy policy) {
        return Given.target("s", spec -> spec.on(Object.class, payload -> {}).retry(policy));
    }

    private DeliveryRound round(RetryPolicy policy, List<FailedAttempt> before) {
        return new DeliveryRound(target(policy), ports, before);
    }

    private static List<Integer> numbers(DeliveryRound round) {
        return round.attempts().stream().map(FailedAttempt::number).toList();
    }

    private static List<Integer> firstTenAndNinetyUpTo(int last) {
        return IntStream.concat(IntStream.rangeClosed(1, 10), IntStream.rangeClosed(last - 89, last)).boxed().toList();
    }

    @Test
    void a_hundred_attempts_are_all_kept() {
        DeliveryRound round = round(RetryPolicy.never(), List.of());
        for (int i = 0; i < 100; i++) {
            round.failed(FAILED);
        }

        assertThat(numbers(round)).isEqualTo(IntStream.rangeClosed(1, 100).boxed().toList());
    }

    @Test
    void of_more_the_first_ten_and_the_latest_ninety_are_kept_and_numbers_go_on() {
        DeliveryRound round = round(RetryPolicy.never(), List.of());
        for (int i = 1; i <= 250; i++) {
            assertThat(round.nextAttempt()).isEqualTo(i);
            round.failed(FAILED);
            assertThat(round.attempts()).hasSize(Math.min(i, 100));
        }

        assertThat(numbers(round)).isEqualTo(firstTenAndNinetyUpTo(250));
        assertThat(round.nextAttempt()).isEqualTo(251);
    }

    @Test
    void a_letter_that_is_redriven_for_ever_stays_of_one_size() {
        List<FailedAttempt> letter = List.of();
        for (int redrive = 0; redrive < 500; redrive++) {
            DeliveryRound round = round(RetryPolicy.fixed(DELAY).maxAttempts(2), letter);
            assertThat(round.failed(FAILED)).isEqualTo(AGAIN);
            assertThat(round.failed(FAILED)).isEqualTo(new GiveUp(DeadLetterReason.ATTEMPTS_EXHAUSTED));
            letter = List.copyOf(round.attempts());
        }

        assertThat(letter).extracting(FailedAttempt::number).isEqualTo(firstTenAndNinetyUpTo(1_000));
        assertThat(DeliveryRound.nextAttempt(letter)).isEqualTo(1_001);
    }

    @Test
    void a_letter_that_holds_more_is_cut_too() {
        List<FailedAttempt> letter = IntStream.rangeClosed(1, 300)
                .mapToObj(number -> new FailedAttempt(number, ManualClocks.START, "c", null, "f", null)).toList();

        DeliveryRound round = round(RetryPolicy.never(), letter);

        assertThat(numbers(round)).isEqualTo(firstTenAndNinetyUpTo(300));
    }

    @Test
    void the_first_attempt_of_all_is_number_one() {
        assertThat(DeliveryRound.nextAttempt(List.of())).isEqualTo(1);
    }

    @Test
    void an_attempt_of_a_batch_that_is_split_has_a_number_but_does_not_count() {
        DeliveryRound round = round(RetryPolicy.fixed(DELAY).maxAttempts(2), List.of());

        round.split(FAILED);
        round.split(FAILED);

        assertThat(round.failed(FAILED)).isEqualTo(AGAIN);
        round.split(FAILED);
        assertThat(round.failed(FAILED)).isEqualTo(new GiveUp(DeadLetterReason.ATTEMPTS_EXHAUSTED));
        assertThat(numbers(round)).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void time_runs_from_the_first_failure_that_counts() {
        DeliveryRound round = round(ONE_SECOND, List.of());
        round.split(FAILED);
        clocks.advance(Duration.ofDays(1));

        assertThat(round.failed(FAILED)).isEqualTo(AGAIN);
        clocks.advance(Duration.ofMillis(901));
        assertThat(round.failed(FAILED)).isEqualTo(TOO_LATE);
    }

    @Test
    void time_in_which_the_lane_stood_still_does_not_count() {
        DeliveryRound round = round(ONE_SECOND, List.of());
        round.failed(FAILED);
        clocks.advance(Duration.ofMinutes(5));
        round.stoodStill(Duration.ofMinutes(4).toNanos());
        round.stoodStill(Duration.ofMinutes(1).minusMillis(900).toNanos());

        assertThat(round.failed(FAILED)).isEqualTo(AGAIN);
        clocks.advance(Duration.ofNanos(1));
        assertThat(round.failed(FAILED)).isEqualTo(TOO_LATE);
    }

    @Test
    void standing_still_before_the_first_failure_saves_no_time() {
        DeliveryRound round = round(ONE_SECOND, List.of());
        round.stoodStill(Duration.ofDays(1).toNanos());
        round.split(FAILED);
        round.stoodStill(Duration.ofDays(1).toNanos());
        round.failed(FAILED);
        clocks.advance(Duration.ofMillis(901));

        assertThat(round.failed(FAILED)).isEqualTo(TOO_LATE);
    }

    @Test
    void standing_still_for_less_than_nothing_costs_no_time() {
        DeliveryRound round = round(ONE_SECOND, List.of());
        round.failed(FAILED);
        round.stoodStill(-1);
        round.stoodStill(Long.MIN_VALUE);
        clocks.advance(Duration.ofMillis(900));

        assertThat(round.failed(FAILED)).isEqualTo(AGAIN);
        clocks.advance(Duration.ofNanos(1));
        assertThat(round.failed(FAILED)).isEqualTo(TOO_LATE);
    }

    @Test
    void standing_still_for_ever_does_not_overflow() {
        DeliveryRound round = round(ONE_SECOND, List.of());
        round.failed(FAILED);
        round.stoodStill(Long.MAX_VALUE);
        round.stoodStill(Long.MAX_VALUE);
        clocks.advance(Duration.ofDays(36_500));

        assertThat(round.failed(FAILED)).isEqualTo(AGAIN);
    }

    @Test
    void a_monotonic_clock_that_goes_back_does_not_exhaust_the_time() {
        DeliveryRound round = round(ONE_SECOND, List.of());
        round.failed(FAILED);
        round.stoodStill(Long.MAX_VALUE);
        clocks.monotonicNanos(-5_000_000_000L);

        assertThat(round.failed(FAILED)).isEqualTo(AGAIN);
    }

    @Test
    void rules_and_budget_of_the_subscription_apply() {
        Target target = Given.target("s", spec -> spec.on(Object.class, payload -> {})
                .retry(RetryPolicy.fixed(DELAY).budget("one"))
                .onFailure(IllegalArgumentException.class, FailureAction.DEAD_LETTER));
        DeliveryRound round = new DeliveryRound(target, ports, List.of());

        assertThat(round.failed(new AttemptResult.Failed(new IllegalArgumentException(), null)))
                .isEqualTo(new GiveUp(DeadLetterReason.NOT_RETRYABLE));
        assertThat(round.failed(FAILED)).isEqualTo(AGAIN);
        assertThat(round.failed(FAILED)).isEqualTo(new GiveUp(DeadLetterReason.BUDGET_EXHAUSTED));
        clocks.advance(Duration.ofHours(1));
        assertThat(round.failed(FAILED)).isEqualTo(new GiveUp(DeadLetterReason.ATTEMPTS_EXHAUSTED));
    }

    @Test
    void a_subscription_has_neither_rules_nor_budget_unless_given() {
        Subscriber plain = target(RetryPolicy.never()).subscriber();

        assertThat(plain.policies().retry().rules()).isSameAs(FailureRules.none());
        assertThat(plain.policies().retry().budget()).isNull();
    }
}
