/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.EventBus;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.deadletter.DeadLetterReason;
import dev.eventbus.deadletter.FailedAttempt;
import dev.eventbus.error.ConfigurationException;
import dev.eventbus.observe.Signal;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.Outcome;
import dev.eventbus.publish.Receipt;
import dev.eventbus.subscribe.Dispatch;
import dev.eventbus.subscribe.Subscription;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RetryContractTest {
    private static final long MILLI = 1_000_000;

    private final ManualTime time = new ManualTime();
    private final RecordedSignals signals = new RecordedSignals();
    private final EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).clocks(time).runtime(time)
            .random(new Random(1)).observe(signals)
            .build();
    private int calls;

    private Receipt failing(RetryPolicy policy, Exception failure) {
        bus.subscribe("s", s -> s.on(String.class, text -> {
            calls++;
            throw failure;
        }).retry(policy));
        return bus.publish("x");
    }

    private DeadLetterReason reason() {
        return bus.deadLetters().find(DeadLetterQuery.all()).get(0).reason();
    }

    @Test
    @Rule("R-1")
    void a_fixed_delay_is_the_same_each_time_until_the_attempts_are_exhausted() {
        failing(RetryPolicy.fixed(Duration.ofMillis(10)).maxAttempts(4), new IOException("no"));

        assertThat(time.waits()).containsExactly(10 * MILLI, 10 * MILLI, 10 * MILLI);
        assertThat(calls).isEqualTo(4);
        assertThat(reason()).isEqualTo(DeadLetterReason.ATTEMPTS_EXHAUSTED);
        assertThat(signals.of(Signal.RetryScheduled.class)).extracting(Signal.RetryScheduled::nextAttempt)
                .containsExactly(2, 3, 4);
    }

    @Test
    @Rule("R-1")
    void an_exponential_delay_doubles_up_to_its_maximum() {
        failing(RetryPolicy.exponential(Duration.ofMillis(10), Duration.ofMillis(50)).jitter(0).maxAttempts(6),
                new IOException("no"));

        assertThat(time.waits()).containsExactly(10 * MILLI, 20 * MILLI, 40 * MILLI, 50 * MILLI, 50 * MILLI);
    }

    @Test
    @Rule("R-1")
    void jitter_spreads_delays_within_their_range() {
        failing(RetryPolicy.exponential(Duration.ofMillis(10), Duration.ofMillis(10)).jitter(0.5).maxAttempts(200),
                new IOException("no"));

        assertThat(time.waits()).hasSize(199).allSatisfy(wait -> assertThat(wait).isBetween(5 * MILLI, 10 * MILLI));
        assertThat(time.waits().stream().distinct().count()).isGreaterThan(150);
    }

    @Test
    @Rule("R-1")
    void decorrelated_delays_stay_between_the_initial_delay_and_the_maximum() {
        failing(RetryPolicy.decorrelatedJitter(Duration.ofMillis(10), Duration.ofMillis(100)).maxAttempts(80),
                new IOException("no"));

        assertThat(time.waits()).allSatisfy(wait -> assertThat(wait).isBetween(10 * MILLI, 100 * MILLI));
        assertThat(time.waits().stream().distinct().count()).isGreaterThan(30);
    }

    @Test
    @Rule("R-1")
    void no_attempt_begins_later_than_the_time_allowed_after_the_first_failure() {
        failing(RetryPolicy.fixed(Duration.ofSeconds(3)).maxAttempts(100), new IOException("no"));

        assertThat(time.waits()).hasSize(3); // at 3, 6 and 9 s; 12 s is beyond the default of 10 s
        assertThat(reason()).isEqualTo(DeadLetterReason.TIME_EXHAUSTED);
    }

    @Test
    @Rule("R-1")
    void ten_thousand_attempts_of_one_delivery_end_like_any_others() {
        failing(RetryPolicy.fixed(Duration.ZERO).maxAttempts(10_000), new IOException("no"));

        assertThat(calls).isEqualTo(10_000);
        assertThat(bus.deadLetters().find(DeadLetterQuery.all()).get(0).attempts()).hasSize(100)
                .last().extracting(FailedAttempt::number).isEqualTo(10_000);
    }

    @Test
    @Rule("R-1")
    void only_the_named_failures_are_retried_and_abort_wins() {
        RetryPolicy policy = RetryPolicy.fixed(Duration.ofMillis(1)).retryOn(IOException.class)
                .abortOn(FileNotFoundException.class);

        failing(policy, new FileNotFoundException("no"));

        assertThat(calls).isOne();
        assertThat(reason()).isEqualTo(DeadLetterReason.NOT_RETRYABLE);
    }

    @Test
    @Rule("R-1")
    void failures_outside_retry_on_are_given_up_at_once() {
        failing(RetryPolicy.fixed(Duration.ofMillis(1)).retryOn(f -> f.getMessage().equals("busy")),
                new IOException("no"));

        assertThat(calls).isOne();
    }

    @Test
    @Rule("R-1")
    void the_wait_happens_in_the_callers_thread_and_the_next_handlers_wait_with_it() {
        List<Long> at = new ArrayList<>();
        bus.subscribe("s", s -> s.onEvent(String.class, d -> {
            at.add(time.monotonicNanos());
            if (d.attempt() == 1) {
                throw new IOException("no");
            }
        }).retry(RetryPolicy.fixed(Duration.ofMillis(7))));
        bus.subscribe(String.class, "next", text -> at.add(time.monotonicNanos()));

        bus.publish("x");

        assertThat(at).containsExactly(1L, 1 + 7 * MILLI, 1 + 7 * MILLI);
    }

    @Test
    @Rule("R-1")
    void an_interrupt_during_the_wait_ends_the_delivery_at_once_and_stays_set() {
        time.onWait(() -> Thread.currentThread().interrupt());

        Receipt receipt = failing(RetryPolicy.fixed(Duration.ofSeconds(1)), new IOException("no"));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(calls).isOne();
        assertThat(receipt.outcomes()).containsEntry("s", Outcome.DEAD_LETTERED);
        assertThat(reason()).isEqualTo(DeadLetterReason.INTERRUPTED);
    }

    @Test
    @Rule({"R-1", "S-2"})
    void a_subscription_closed_during_the_wait_is_not_attempted_again() {
        Subscription[] subscription = new Subscription[1];
        time.onWait(() -> subscription[0].close());
        subscription[0] = bus.subscribe("s", s -> s.on(String.class, text -> {
            calls++;
            throw new IOException("no");
        }));

        Receipt receipt = bus.publish("x");

        assertThat(calls).isOne();
        assertThat(receipt.outcomes()).containsEntry("s", Outcome.CANCELLED);
        assertThat(bus.deadLetters().size()).isZero();
    }

    @Test
    @Rule("R-1")
    void wall_clock_jumps_do_not_move_retries() {
        time.onWait(() -> time.jumpWall(-3 * 3_600_000));

        failing(RetryPolicy.fixed(Duration.ofMillis(10)).maxAttempts(3), new IOException("no"));

        assertThat(time.waits()).containsExactly(10 * MILLI, 10 * MILLI);
    }

    @Test
    @Rule("R-1")
    void policies_that_contradict_themselves_are_refused_when_they_are_used() {
        RetryPolicy late = RetryPolicy.fixed(Duration.ofSeconds(20));
        String tooLate = "maxElapsed (PT10S) must be >= the least first delay "
                + "(PT20S), or no retry ever begins; raise maxElapsed, or choose RetryPolicy.never()";

        assertThatThrownBy(() -> EventBus.builder("b").retry(late.maxElapsed(Duration.ofSeconds(10))))
                .isInstanceOf(ConfigurationException.class).hasMessage(tooLate);
        assertThatThrownBy(() -> bus.subscribe("s", s -> s.on(String.class, text -> {}).retry(late)))
                .isInstanceOf(ConfigurationException.class).hasMessage(tooLate);
        assertThatThrownBy(() -> bus.subscribe("s",
                s -> s.on(String.class, text -> {}).retry(RetryPolicy.never().retryOn(IOException.class))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("retryOn and abortOn contradict maxAttempts=1, which "
                        + "never retries; raise maxAttempts or leave them out");
    }
}
