/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.deadletter.DeadLetterReason;
import dev.eventbus.error.ConfigurationException;
import dev.eventbus.idempotency.ClaimResult;
import dev.eventbus.idempotency.IdempotencyPolicy;
import dev.eventbus.idempotency.IdempotencyStore;
import dev.eventbus.observe.Signal;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.Outcome;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.publish.Receipt;
import dev.eventbus.subscribe.Dispatch;
import dev.eventbus.subscribe.Ordering;
import dev.eventbus.testkit.TestEventBus;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Idempotent subscriptions (I-1). */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class IdempotentSubscriptionTest {
    private static final IdempotencyPolicy BY_ORDER = IdempotencyPolicy.byKey(Order.class, Order::number,
            Duration.ofHours(1));

    private record Order(int number, String text) {}

    private final List<String> handled = new ArrayList<>();

    private static Dispatch dispatch(String name) {
        return name.equals("lanes") ? Dispatch.virtualThreads() : Dispatch.synchronous();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lanes", "caller"})
    void an_event_of_a_key_that_was_handled_is_a_duplicate(String where) {
        try (TestEventBus bus = TestEventBus.create()) {
            bus.subscribe("s", s -> s.on(Order.class, order -> handled.add(order.text())).idempotent(BY_ORDER)
                    .dispatch(dispatch(where)));

            bus.publish(new Order(1, "a"));
            Receipt again = bus.publish(new Order(1, "b"));
            bus.publish(new Order(2, "c"));
            bus.runUntilIdle();

            assertThat(handled).containsExactly("a", "c");
            assertThat(again.outcomes()).containsEntry("s", Outcome.DUPLICATE);
            assertThat(bus.eventBus().inspect().metrics().subscriptions().get("s").duplicates()).isEqualTo(1);
            assertThat(bus.recorded().signals(Signal.Ended.class)).singleElement()
                    .satisfies(signal -> assertThat(signal.outcome()).isEqualTo(Outcome.DUPLICATE));
        }
    }

    @Test
    void the_id_of_the_event_is_a_key_and_lasts_for_the_retention() {
        try (TestEventBus bus = TestEventBus.create()) {
            bus.subscribe("s", s -> s.on(Order.class, order -> handled.add(order.text()))
                    .idempotent(IdempotencyPolicy.byEventId(Duration.ofMinutes(10))));
            PublishOptions same = PublishOptions.options().id(new UUID(7, 7));

            bus.publish(new Order(1, "a"), same);
            bus.advance(Duration.ofMinutes(9));
            bus.publish(new Order(1, "b"), same);
            bus.advance(Duration.ofMinutes(1));
            bus.publish(new Order(1, "c"), same);
            bus.runUntilIdle();

            assertThat(handled).containsExactly("a", "c");
        }
    }

    @Test
    void one_that_meets_a_running_attempt_waits_and_burns_no_attempt() {
        try (TestEventBus bus = TestEventBus.create()) {
            bus.subscribe("s", s -> s.on(Order.class, order -> {
                bus.sleep(Duration.ofSeconds(5));
                handled.add(order.text());
            }).idempotent(BY_ORDER).ordering(Ordering.unordered(4)));

            bus.publish(new Order(1, "a"));
            Receipt twin = bus.publish(new Order(1, "b"));
            bus.advance(Duration.ofSeconds(4));
            assertThat(twin.isDone()).isFalse();
            bus.advance(Duration.ofSeconds(1));

            assertThat(handled).hasSize(1);
            assertThat(twin.outcomes()).containsEntry("s", Outcome.DUPLICATE);
            assertThat(bus.eventBus().inspect().metrics().subscriptions().get("s").failedAttempts()).isZero();
        }
    }

    @Test
    void a_failed_attempt_gives_its_claim_back_to_one_that_waits() {
        try (TestEventBus bus = TestEventBus.create()) {
            bus.subscribe("s", s -> s.on(Order.class, order -> {
                bus.sleep(Duration.ofSeconds(5));
                if (handled.isEmpty() && order.text().equals("a")) {
                    throw new IOException("down");
                }
                handled.add(order.text());
            }).idempotent(BY_ORDER).ordering(Ordering.unordered(4))
                    .retry(RetryPolicy.fixed(Duration.ofSeconds(60)).maxAttempts(2)));

            Receipt first = bus.publish(new Order(1, "a"));
            bus.publish(new Order(1, "b"));
            bus.advance(Duration.ofSeconds(10));
            assertThat(handled).containsExactly("b");
            bus.advance(Duration.ofSeconds(60));

            assertThat(handled).containsExactly("b");
            assertThat(first.outcomes()).containsEntry("s", Outcome.DUPLICATE);
            bus.recorded().expectFailuresOf("s");
        }
    }

    @Test
    void a_letter_whose_key_was_handled_meanwhile_is_a_duplicate_and_forgotten() {
        try (TestEventBus bus = TestEventBus.create()) {
            bus.subscribe("s", s -> s.on(Order.class, order -> {
                if (order.text().equals("poison")) {
                    throw new IOException("down");
                }
                handled.add(order.text());
            }).idempotent(BY_ORDER).retry(RetryPolicy.never()));
            bus.publish(new Order(1, "poison"));
            bus.publish(new Order(1, "b"));
            bus.runUntilIdle();

            assertThat(bus.eventBus().deadLetters().redrive(DeadLetterQuery.all()).handled()).isEqualTo(1);
            assertThat(bus.eventBus().deadLetters().size()).isZero();
            assertThat(handled).containsExactly("b");
            bus.recorded().expectFailuresOf("s");
        }
    }

    @Test
    void a_claim_that_runs_elsewhere_is_asked_for_again() {
        try (TestEventBus bus = TestEventBus.builder().configure(b -> b.idempotency(new Elsewhere(3))).build()) {
            bus.subscribe("s", s -> s.on(Order.class, order -> handled.add(order.text())).idempotent(BY_ORDER));
            bus.publish(new Order(1, "a"));
            bus.runUntilIdle();
            assertThat(handled).isEmpty();

            bus.advance(Duration.ofMillis(300));

            assertThat(handled).containsExactly("a");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lanes", "caller"})
    void a_store_that_throws_fails_the_attempt_and_the_retry_policy_decides(String where) {
        try (TestEventBus bus = TestEventBus.builder().configure(b -> b.idempotency(new Broken())).build()) {
            bus.subscribe("s", s -> s.on(Order.class, order -> handled.add(order.text())).idempotent(BY_ORDER)
                    .retry(RetryPolicy.fixed(Duration.ZERO).maxAttempts(3)).dispatch(dispatch(where)));

            bus.publish(new Order(1, "a"));
            bus.awaitIdle();

            assertThat(handled).isEmpty();
            assertThat(bus.recorded().deadLetters()).singleElement().satisfies(letter -> {
                assertThat(letter.reason()).isEqualTo(DeadLetterReason.ATTEMPTS_EXHAUSTED);
                assertThat(letter.attempts()).hasSize(3);
            });
            bus.recorded().expectFailuresOf("s");
        }
    }

    @Test
    void a_caller_waits_for_a_running_attempt_but_not_for_ever() {
        try (TestEventBus bus = TestEventBus.builder().configure(b -> b.idempotency(new Elsewhere(1_000_000)))
                .build()) {
            bus.subscribe("s", s -> s.on(Order.class, order -> handled.add(order.text())).idempotent(BY_ORDER)
                    .dispatch(Dispatch.synchronous()));

            bus.publish(new Order(1, "a"));

            assertThat(bus.time().elapsed()).isEqualTo(Duration.ofSeconds(10));
            assertThat(bus.recorded().deadLetters()).singleElement()
                    .satisfies(letter -> assertThat(letter.reason()).isEqualTo(DeadLetterReason.KEY_IN_USE));
            bus.recorded().expectFailuresOf("s");
        }
    }

    @Test
    void a_wall_clock_that_jumps_changes_nothing() {
        try (TestEventBus bus = TestEventBus.create()) {
            bus.subscribe("s", s -> s.on(Order.class, order -> handled.add(order.text())).idempotent(BY_ORDER));
            bus.publish(new Order(1, "a"));
            bus.runUntilIdle();

            bus.time().jumpWall(Duration.ofHours(3));
            bus.publish(new Order(1, "b"));
            bus.runUntilIdle();
            bus.time().jumpWall(Duration.ofHours(-6));
            bus.publish(new Order(1, "c"));
            bus.runUntilIdle();

            assertThat(handled).containsExactly("a");
        }
    }

    @Test
    void keys_that_a_full_store_forgets_early_are_signalled() {
        try (TestEventBus bus = TestEventBus.create()) {
            TestEventBus small = TestEventBus.builder()
                    .configure(b -> b.idempotency(IdempotencyStore.inMemory(2, bus.time()))).build();
            small.subscribe("s", s -> s.on(Order.class, order -> handled.add(order.text())).idempotent(BY_ORDER));

            for (int number = 1; number <= 3; number++) {
                small.publish(new Order(number, "a"));
            }
            small.runUntilIdle();

            assertThat(small.recorded().signals(Signal.KeysForgotten.class))
                    .containsExactly(new Signal.KeysForgotten("s", 1));
            small.close();
        }
    }

    @Test
    void a_lease_that_does_not_outlast_the_timeout_is_refused() {
        try (TestEventBus bus = TestEventBus.create()) {
            assertThatThrownBy(() -> bus.subscribe("s", s -> s.on(Order.class, order -> {})
                    .idempotent(BY_ORDER.lease(Duration.ofSeconds(5))).timeout(Duration.ofSeconds(5))))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessage(
                            "Subscription 's': lease (PT5S) must be > timeout (PT5S), or another attempt could begin "
                                    + "while one runs; raise the lease");
        }
    }

    /** Says so many times that somebody else handles the key. */
    private static final class Elsewhere implements IdempotencyStore {
        private int times;

        Elsewhere(int times) {
            this.times = times;
        }

        @Override
        public ClaimResult claim(String subscription, String key, Duration lease) {
            return times-- > 0 ? new ClaimResult.Running(Duration.ofMillis(100)) : new ClaimResult.Claimed(1, 0);
        }

        @Override
        public boolean complete(String subscription, String key, long token, Duration retention) {
            return true;
        }

        @Override
        public boolean release(String subscription, String key, long token) {
            return true;
        }

        @Override
        public int size() {
            return 0;
        }

        @Override
        public long forgotten() {
            return 0;
        }
    }

    /** Throws. */
    private static final class Broken implements IdempotencyStore {
        @Override
        public ClaimResult claim(String subscription, String key, Duration lease) {
            throw new IllegalStateException("no connection");
        }

        @Override
        public boolean complete(String subscription, String key, long token, Duration retention) {
            throw new IllegalStateException("no connection");
        }

        @Override
        public boolean release(String subscription, String key, long token) {
            throw new IllegalStateException("no connection");
        }

        @Override
        public int size() {
            return 0;
        }

        @Override
        public long forgotten() {
            return 0;
        }
    }
}
