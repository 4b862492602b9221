/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.EventBus;
import dev.eventbus.breaker.CircuitBreaker;
import dev.eventbus.breaker.CircuitBreakerPolicy;
import dev.eventbus.breaker.CircuitOpenException;
import dev.eventbus.breaker.CircuitState;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.deadletter.DeadLetterReason;
import dev.eventbus.error.ConfigurationException;
import dev.eventbus.observe.CloseReport;
import dev.eventbus.observe.Health;
import dev.eventbus.observe.Signal;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.Receipt;
import dev.eventbus.subscribe.Dispatch;
import dev.eventbus.subscribe.HandlerFailedException;
import dev.eventbus.subscribe.Ordering;
import dev.eventbus.testkit.Simulation;
import dev.eventbus.testkit.TestEventBus;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A circuit breaker on subscriptions (B-1). */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class BreakerSubscriptionTest {
    private static final CircuitBreakerPolicy TWO_FAILURES = CircuitBreakerPolicy.failureRate(1).window(2)
            .minimumCalls(2)
            .openFor(Duration.ofSeconds(10)).halfOpen(1);

    private record Order(int number) {}

    private final List<Integer> calls = new ArrayList<>();
    private boolean down = true;

    private void handle(Order order) throws IOException {
        calls.add(order.number());
        if (down) {
            throw new IOException("down");
        }
    }

    private static void publish(TestEventBus bus, int first, int last) {
        for (int number = first; number <= last; number++) {
            bus.publish(new Order(number));
        }
        bus.runUntilIdle();
    }

    @Test
    void an_open_breaker_pauses_the_subscription_before_a_delivery_is_taken() {
        try (TestEventBus bus = TestEventBus.create()) {
            bus.subscribe("s", s -> s.on(Order.class, this::handle).retry(RetryPolicy.never())
                    .circuitBreaker(TWO_FAILURES));

            publish(bus, 1, 5);
            assertThat(calls).containsExactly(1, 2);
            assertThat(bus.eventBus().circuitBreaker("s").state()).isEqualTo(CircuitState.OPEN);
            assertThat(bus.eventBus().inspect().metrics().subscriptions().get("s").inFlight()).isEqualTo(3);

            bus.advance(Duration.ofMillis(9_999));
            assertThat(calls).hasSize(2);
            down = false;
            bus.advance(Duration.ofMillis(1));
            assertThat(calls).containsExactly(1, 2, 3, 4, 5);
            assertThat(bus.recorded().deadLetters()).hasSize(2);
            bus.recorded().expectFailuresOf("s");
        }
    }

    @Test
    void a_shutdown_takes_the_timer_of_an_open_breaker_back() {
        Simulation.seed(1).run(world -> {
            EventBus bus = EventBus.builder("b").clocks(world.time()).runtime(world.runtime()).random(world.random())
                    .build();
            bus.subscribe("s", s -> s.on(Order.class, this::handle).retry(RetryPolicy.never())
                    .circuitBreaker(TWO_FAILURES.openFor(Duration.ofDays(30))));
            for (int number = 1; number <= 3; number++) {
                bus.publish(new Order(number));
            }

            world.await("the breaker is open", () -> calls.size() == 2);
            assertThat(bus.shutdown(Duration.ofSeconds(1)).returned()).hasSize(1);
        }); // it would be stuck with a thread that waits for 30 days
    }

    @Test
    void one_that_half_opens_in_vain_burns_one_attempt_each_time() {
        try (TestEventBus bus = TestEventBus.create()) {
            bus.subscribe("s", s -> s.on(Order.class, this::handle).circuitBreaker(TWO_FAILURES)
                    .retry(RetryPolicy.fixed(Duration.ZERO).maxAttempts(100)));

            publish(bus, 1, 3);
            assertThat(calls).containsExactly(1, 1);
            bus.advance(Duration.ofSeconds(50));
            assertThat(calls).containsExactly(1, 1, 1, 1, 1, 1, 1);
            down = false;
            bus.advance(Duration.ofSeconds(10));
            assertThat(calls).endsWith(1, 2, 3).hasSize(10);
            assertThat(bus.recorded().deadLetters()).isEmpty();
            bus.recorded().expectFailuresOf("s");
        }
    }

    @Test
    void maxElapsed_stands_still_while_it_is_open() {
        try (TestEventBus bus = TestEventBus.create()) {
            bus.subscribe("s", s -> s.on(Order.class, this::handle).circuitBreaker(TWO_FAILURES)
                    .retry(RetryPolicy.fixed(Duration.ofMillis(10)).maxAttempts(100)
                            .maxElapsed(Duration.ofSeconds(1))));

            publish(bus, 1, 1);
            bus.advance(Duration.ofSeconds(40));
            assertThat(bus.recorded().deadLetters()).isEmpty();
            down = false;
            bus.advance(Duration.ofSeconds(10));
            assertThat(bus.recorded().signals(Signal.Handled.class)).hasSize(1);
            bus.recorded().expectFailuresOf("s");
        }
    }

    @Test
    void subscriptions_share_one_by_its_name() {
        try (TestEventBus bus = TestEventBus.builder().configure(b -> b.circuitBreaker("tax", TWO_FAILURES)).build()) {
            bus.subscribe("s", s -> s.on(Order.class, this::handle).retry(RetryPolicy.never()).circuitBreaker("tax"));
            bus.subscribe("t", s -> s.on(Order.class, this::handle).retry(RetryPolicy.never()).circuitBreaker("tax")
                    .ordering(Ordering.unordered(4)));

            publish(bus, 1, 4);
            assertThat(calls).hasSizeBetween(2, 5);
            int before = calls.size();
            down = false;
            bus.eventBus().circuitBreaker("tax").reset();
            bus.runUntilIdle();
            assertThat(calls).hasSize(8);
            assertThat(before).isLessThan(8);
            bus.recorded().expectFailuresOf("s");
            bus.recorded().expectFailuresOf("t");
        }
    }

    @Test
    void one_that_is_forced_open_keeps_no_shutdown_waiting_and_no_redrive() {
        TestEventBus bus = TestEventBus.create();
        bus.subscribe("s",
                s -> s.on(Order.class, this::handle).retry(RetryPolicy.never()).circuitBreaker(TWO_FAILURES));
        bus.publish(new Order(1));
        bus.runUntilIdle();
        CircuitBreaker breaker = bus.eventBus().circuitBreaker("s");
        breaker.forceOpen();
        publish(bus, 2, 3);

        assertThat(bus.eventBus().deadLetters().redrive(DeadLetterQuery.all()).skipped()).isEqualTo(1);
        CloseReport report = bus.eventBus().shutdown(Duration.ofHours(1));
        assertThat(report.returned()).hasSize(2);
        assertThat(bus.time().elapsed()).isZero();
        assertThat(calls).containsExactly(1);
        bus.recorded().expectFailuresOf("s");
        bus.close();
    }

    @Test
    void a_shutdown_waits_for_one_that_half_opens_in_time_and_not_for_another() {
        TestEventBus bus = TestEventBus.create();
        bus.subscribe("s",
                s -> s.on(Order.class, this::handle).retry(RetryPolicy.never()).circuitBreaker(TWO_FAILURES));
        publish(bus, 1, 4);
        down = false;

        assertThat(bus.eventBus().shutdown(Duration.ofSeconds(11)).returned()).isEmpty();
        assertThat(bus.time().elapsed()).isEqualTo(Duration.ofSeconds(10));
        bus.recorded().expectFailuresOf("s");
        bus.close();

        TestEventBus other = TestEventBus.create();
        down = true;
        other.subscribe("s",
                s -> s.on(Order.class, this::handle).retry(RetryPolicy.never()).circuitBreaker(TWO_FAILURES));
        publish(other, 1, 4);
        assertThat(other.eventBus().shutdown(Duration.ofSeconds(9)).returned()).hasSize(2);
        assertThat(other.time().elapsed()).isZero();
        other.recorded().expectFailuresOf("s");
        other.close();
    }

    @Test
    void a_drain_waits_for_one_that_half_opens_and_not_for_one_that_is_forced_open() throws Exception {
        try (TestEventBus bus = TestEventBus.create()) {
            bus.subscribe("s", s -> s.on(Order.class, this::handle).retry(RetryPolicy.never())
                    .circuitBreaker(TWO_FAILURES));
            publish(bus, 1, 4);
            down = false;

            assertThat(bus.eventBus().drain(Duration.ofSeconds(9))).isFalse();
            assertThat(bus.eventBus().drain(Duration.ofSeconds(2))).isTrue();

            assertThat(calls).containsExactly(1, 2, 3, 4);
            assertThat(bus.time().elapsed()).isEqualTo(Duration.ofSeconds(10));
            bus.eventBus().circuitBreaker("s").forceOpen();
            publish(bus, 5, 5);
            assertThat(bus.eventBus().drain(Duration.ofHours(1))).isTrue();
            assertThat(calls).hasSize(4);
            bus.recorded().expectFailuresOf("s");
        }
    }

    @Test
    void a_permit_comes_back_when_an_attempt_times_out() {
        try (TestEventBus bus = TestEventBus.create()) {
            CircuitBreakerPolicy one = CircuitBreakerPolicy.failureRate(1).window(1).minimumCalls(1)
                    .openFor(Duration.ofSeconds(10)).halfOpen(1);
            bus.subscribe("s", s -> s.on(Order.class, order -> bus.sleep(Duration.ofSeconds(100)))
                    .timeout(Duration.ofSeconds(1)).retry(RetryPolicy.never()).circuitBreaker(one));

            bus.publish(new Order(1));
            bus.advance(Duration.ofSeconds(1));

            assertThat(bus.eventBus().circuitBreaker("s").state()).isEqualTo(CircuitState.OPEN);
            bus.recorded().expectFailuresOf("s");
        }
    }

    @Test
    void a_closed_subscription_ends_what_waited_behind_it() {
        try (TestEventBus bus = TestEventBus.create()) {
            var subscription = bus.subscribe("s", s -> s.on(Order.class, this::handle).retry(RetryPolicy.never())
                    .circuitBreaker(TWO_FAILURES));
            publish(bus, 1, 3);
            Receipt last = bus.publish(new Order(4));

            subscription.close();
            bus.runUntilIdle();

            assertThat(last.isDone()).isTrue();
            assertThat(calls).hasSize(2);
            assertThatThrownBy(() -> bus.eventBus().circuitBreaker("s")).isInstanceOf(ConfigurationException.class);
            bus.recorded().expectFailuresOf("s");
        }
    }

    @Test
    void in_the_callers_thread_an_open_one_makes_a_dead_letter_without_attempt() {
        try (TestEventBus bus = TestEventBus.create()) {
            bus.subscribe("s", s -> s.on(Order.class, this::handle).retry(RetryPolicy.never())
                    .circuitBreaker(TWO_FAILURES).dispatch(Dispatch.synchronous()));

            publish(bus, 1, 3);

            assertThat(calls).containsExactly(1, 2);
            var letter = bus.recorded().deadLetters().getLast();
            assertThat(letter.reason()).isEqualTo(DeadLetterReason.CIRCUIT_OPEN);
            assertThat(letter.attempts()).isEmpty();
            bus.recorded().expectFailuresOf("s");
        }
    }

    @Test
    void in_propagate_mode_an_open_one_throws() {
        try (TestEventBus bus = TestEventBus.create()) {
            bus.subscribe("s", s -> s.on(Order.class, this::handle).retry(RetryPolicy.never()).propagate()
                    .circuitBreaker(TWO_FAILURES).dispatch(Dispatch.synchronous()));
            for (int number = 1; number <= 2; number++) {
                Order order = new Order(number);
                assertThatThrownBy(() -> bus.publish(order)).isInstanceOf(HandlerFailedException.class);
            }

            assertThatThrownBy(() -> bus.publish(new Order(3))).isInstanceOf(HandlerFailedException.class)
                    .hasCauseInstanceOf(CircuitOpenException.class);
            bus.recorded().expectFailuresOf("s");
        }
    }

    @Test
    void changes_are_signalled_and_health_names_it() {
        try (TestEventBus bus = TestEventBus.create()) {
            bus.subscribe("s", s -> s.on(Order.class, this::handle).retry(RetryPolicy.never())
                    .circuitBreaker(TWO_FAILURES));
            assertThat(bus.eventBus().inspect().health().isUp()).isTrue();

            publish(bus, 1, 2);

            assertThat(bus.recorded().signals(Signal.CircuitChanged.class))
                    .containsExactly(new Signal.CircuitChanged("s", CircuitState.CLOSED, CircuitState.OPEN));
            assertThat(bus.eventBus().inspect().health().reasons())
                    .containsExactly(new Health.OpenCircuit("s", CircuitState.OPEN));
            bus.recorded().expectFailuresOf("s");
        }
    }

    @Test
    void names_that_nobody_has_and_names_taken_twice_are_refused() {
        try (TestEventBus bus = TestEventBus.builder().configure(b -> b.circuitBreaker("tax", TWO_FAILURES)).build()) {
            assertThatThrownBy(() -> bus.subscribe("s", s -> s.on(Order.class, this::handle).circuitBreaker("vat")))
                    .isInstanceOf(ConfigurationException.class).hasMessageContaining("'vat'")
                    .hasMessageContaining("[tax]");
            assertThatThrownBy(
                    () -> bus.subscribe("tax", s -> s.on(Order.class, this::handle).circuitBreaker(TWO_FAILURES)))
                    .isInstanceOf(ConfigurationException.class).hasMessageContaining("shared one of that name");
        }
    }
}
