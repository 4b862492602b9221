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
import dev.eventbus.policy.RetryPolicy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DeliveryRoundTest {
    private static final Duration DELAY = Duration.ofMillis(100);
    private static final RetryDecision AGAIN = new Retry(DELAY.toNanos());

    private final ManualClocks clocks = new ManualClocks();
    private final Ports ports = TestPorts.of(clocks);

    private DeliveryRound round(RetryPolicy policy, List<FailedAttempt> before) {
        return new DeliveryRound(Given.target("s", spec -> spec.on(Object.class, payload -> {}).retry(policy)), ports,
                before);
    }

    private static RetryDecision fail(DeliveryRound round) {
        return round.failed(new AttemptResult.Failed(new IllegalStateException("no"), null));
    }

    @Test
    void attempts_count_from_1() {
        DeliveryRound round = round(RetryPolicy.fixed(DELAY), List.of());
        assertThat(round.nextAttempt()).isEqualTo(1);

        fail(round);
        fail(round);

        assertThat(round.nextAttempt()).isEqualTo(3);
        assertThat(round.attempts()).extracting(FailedAttempt::number).containsExactly(1, 2);
    }

    @Test
    void a_further_round_numbers_on() {
        DeliveryRound first = round(RetryPolicy.fixed(DELAY).maxAttempts(2), List.of());
        fail(first);
        fail(first);

        DeliveryRound second = round(RetryPolicy.fixed(DELAY).maxAttempts(2), first.attempts());
        assertThat(second.nextAttempt()).isEqualTo(3);
        fail(second);

        assertThat(second.attempts()).extracting(FailedAttempt::number).containsExactly(1, 2, 3);
    }

    @Test
    void a_further_round_has_all_attempts_of_the_policy_again() {
        RetryPolicy policy = RetryPolicy.fixed(DELAY).maxAttempts(2);
        DeliveryRound first = round(policy, List.of());
        fail(first);
        fail(first);

        DeliveryRound second = round(policy, first.attempts());

        assertThat(fail(second)).isEqualTo(AGAIN);
        assertThat(fail(second)).isEqualTo(new GiveUp(DeadLetterReason.ATTEMPTS_EXHAUSTED));
    }

    @Test
    void a_further_round_does_not_change_the_history_of_the_first() {
        DeliveryRound first = round(RetryPolicy.fixed(DELAY), List.of());
        fail(first);

        fail(round(RetryPolicy.fixed(DELAY), first.attempts()));

        assertThat(first.attempts()).hasSize(1);
    }

    @Test
    void time_runs_from_the_first_failure_of_the_round() {
        DeliveryRound round = round(RetryPolicy.fixed(DELAY).maxElapsed(Duration.ofSeconds(1)), List.of());
        clocks.advance(Duration.ofDays(1));

        assertThat(fail(round)).isEqualTo(AGAIN);
        clocks.advance(Duration.ofMillis(900));
        assertThat(fail(round)).isEqualTo(AGAIN);
        clocks.advance(Duration.ofNanos(1));
        assertThat(fail(round)).isEqualTo(new GiveUp(DeadLetterReason.TIME_EXHAUSTED));
    }

    @Test
    void time_of_a_further_round_runs_anew() {
        RetryPolicy policy = RetryPolicy.fixed(DELAY).maxElapsed(Duration.ofSeconds(1)).maxAttempts(100);
        DeliveryRound first = round(policy, List.of());
        fail(first);
        clocks.advance(Duration.ofDays(1));

        assertThat(fail(round(policy, first.attempts()))).isEqualTo(AGAIN);
    }

    @Test
    void a_wall_clock_that_jumps_does_not_exhaust_the_time() {
        DeliveryRound round = round(RetryPolicy.fixed(DELAY), List.of());
        fail(round);

        clocks.wallMillis(clocks.wallMillis() + Duration.ofHours(3).toMillis());
        assertThat(fail(round)).isEqualTo(AGAIN);
        clocks.wallMillis(clocks.wallMillis() - Duration.ofHours(6).toMillis());
        assertThat(fail(round)).isEqualTo(AGAIN);
    }

    @Test
    void each_delay_builds_on_the_one_before() {
        DeliveryRound round = round(RetryPolicy.decorrelatedJitter(Duration.ofNanos(1), Duration.ofSeconds(1))
                .maxAttempts(1_000), List.of());
        long previous = 1;

        for (int i = 0; i < 200; i++) {
            long delay = ((Retry) fail(round)).delayNanos();
            assertThat(delay).isBetween(1L, Math.min(1_000_000_000L, 3 * previous));
            previous = delay;
        }
        assertThat(previous).as("delays that never grew").isGreaterThan(1_000);
    }

    @Test
    void takes_down_time_class_message_place_and_duration() {
        DeliveryRound round = round(RetryPolicy.never(), List.of());
        Throwable failure = new IllegalStateException("no\nluck");

        round.failed(new AttemptResult.Failed(failure, Duration.ofMillis(3)));

        assertThat(round.attempts()).containsExactly(new FailedAttempt(1, ManualClocks.START,
                "java.lang.IllegalStateException", "no\\u000aluck", Fingerprint.of(failure), Duration.ofMillis(3)));
    }

    @Test
    void accounts_for_a_failure_that_cannot_be_asked() {
        DeliveryRound round = round(RetryPolicy.never(), List.of());

        round.failed(new AttemptResult.Failed(new Mute(), null));

        assertThat(round.attempts()).singleElement().satisfies(attempt -> {
            assertThat(attempt.failureClass()).isEqualTo(Mute.class.getName());
            assertThat(attempt.message()).isNull();
            assertThat(attempt.fingerprint()).hasSize(16);
        });
    }

    @Test
    void accounts_for_a_failure_without_a_stack_trace_array() {
        DeliveryRound round = round(RetryPolicy.never(), List.of());

        RetryDecision decision = round.failed(new AttemptResult.Failed(new Traceless(), null));

        assertThat(decision).isEqualTo(new GiveUp(DeadLetterReason.ATTEMPTS_EXHAUSTED));
    }

    @Test
    void accounts_for_a_failure_whose_causes_go_in_a_circle() {
        Exception one = new Exception("one");
        Exception two = new Exception("two", one);
        one.initCause(two);
        DeliveryRound round = round(RetryPolicy.never(), List.of());

        round.failed(new AttemptResult.Failed(two, null));

        assertThat(round.attempts()).singleElement().extracting(FailedAttempt::message).isEqualTo("two");
    }

    /** A failure that throws whatever it is asked. */
    private static final class Mute extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException();
        }

        @Override
        public String toString() {
            throw new IllegalStateException();
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            throw new IllegalStateException();
        }
    }

    /** A failure with null for a stack trace. */
    private static final class Traceless extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public StackTraceElement[] getStackTrace() {
            return null;
        }
    }
}
