/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.error.ConfigurationException;
import dev.eventbus.observe.Health;
import dev.eventbus.observe.Signal;
import dev.eventbus.policy.FailureAction;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.subscribe.Dispatch;
import dev.eventbus.subscribe.HandlerFailedException;
import dev.eventbus.subscribe.Subscription;
import dev.eventbus.testkit.TestEventBus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What follows a failure by its kind, and the health of a bus. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class FailureRuleTest {
    private record Order(int number) {}

    private final List<Integer> calls = new ArrayList<>();
    private Exception failure;

    private void handle(Order order) throws Exception {
        calls.add(order.number());
        if (failure != null) {
            throw failure;
        }
    }

    @Test
    void a_failure_that_stops_the_subscription_leaves_the_event_first_until_a_resume() {
        try (TestEventBus bus = TestEventBus.create()) {
            Subscription subscription = bus.subscribe("s", s -> s.on(Order.class, this::handle)
                    .onFailure(IllegalStateException.class, FailureAction.STOP));
            failure = new IllegalStateException("schema changed");
            bus.publish(new Order(1));
            bus.publish(new Order(2));
            bus.advance(Duration.ofHours(1));

            assertThat(calls).containsExactly(1);
            assertThat(subscription.isPaused()).isTrue();
            assertThat(bus.eventBus().inspect().health().reasons()).containsExactly(
                    new Health.StoppedSubscription("s", "java.lang.IllegalStateException: schema changed"));
            assertThat(bus.recorded().signals(Signal.SubscriptionStopped.class)).hasSize(1);

            failure = null;
            subscription.resume();
            bus.runUntilIdle();
            assertThat(calls).containsExactly(1, 1, 2);
            assertThat(bus.eventBus().inspect().health().isUp()).isTrue();
            assertThat(bus.recorded().deadLetters()).isEmpty();
            bus.recorded().expectFailuresOf("s");
        }
    }

    @Test
    void a_subscription_that_is_resumed_as_soon_as_it_stops_goes_on_and_is_healthy() {
        List<Subscription> stopped = new ArrayList<>();
        try (TestEventBus bus = TestEventBus.builder().configure(b -> b.observe(signal -> {
            if (signal instanceof Signal.SubscriptionStopped) {
                failure = null;
                stopped.get(0).resume();
            }
        })).build()) {
            stopped.add(bus.subscribe("s", s -> s.on(Order.class, this::handle)
                    .onFailure(IllegalStateException.class, FailureAction.STOP)));
            failure = new IllegalStateException("schema changed");
            bus.publish(new Order(1));
            bus.publish(new Order(2));
            bus.runUntilIdle();

            assertThat(calls).containsExactly(1, 1, 2);
            assertThat(stopped.get(0).isPaused()).isFalse();
            assertThat(bus.eventBus().inspect().health().isUp()).isTrue();
            bus.recorded().expectFailuresOf("s");
        }
    }

    @Test
    void a_redrive_that_stops_the_subscription_leaves_the_letter_and_ends() {
        try (TestEventBus bus = TestEventBus.create()) {
            bus.subscribe("s", s -> s.on(Order.class, this::handle).retry(RetryPolicy.never())
                    .onFailure(IllegalStateException.class, FailureAction.STOP));
            failure = new IOException("down");
            bus.publish(new Order(1));
            bus.runUntilIdle();
            failure = new IllegalStateException("schema changed");

            assertThat(bus.eventBus().deadLetters().redrive(DeadLetterQuery.all()).failed()).isEqualTo(1);
            assertThat(bus.eventBus().deadLetters().size()).isEqualTo(1);
            bus.recorded().expectFailuresOf("s");
        }
    }

    @Test
    void a_stopped_subscription_keeps_no_shutdown_waiting() {
        TestEventBus bus = TestEventBus.create();
        bus.subscribe("s", s -> s.on(Order.class, this::handle)
                .onFailure(IllegalStateException.class, FailureAction.STOP));
        failure = new IllegalStateException("schema changed");
        bus.publish(new Order(1));
        bus.runUntilIdle();

        assertThat(bus.eventBus().shutdown(Duration.ofHours(1)).returned()).hasSize(1);
        assertThat(bus.time().elapsed()).isZero();
        bus.recorded().expectFailuresOf("s");
        bus.close();
    }

    @Test
    void one_rule_gives_up_at_once_and_another_retries_what_the_policy_would_not() {
        try (TestEventBus bus = TestEventBus.create()) {
            bus.subscribe("s", s -> s.on(Order.class, this::handle)
                    .retry(RetryPolicy.fixed(Duration.ZERO).maxAttempts(3).retryOn(UncheckedIOException.class))
                    .onFailure(IllegalArgumentException.class, FailureAction.DEAD_LETTER)
                    .onFailure(thrown -> thrown instanceof IOException, FailureAction.RETRY));
            failure = new IllegalArgumentException("bad");
            bus.publish(new Order(1));
            bus.awaitIdle();
            failure = new IOException("down");
            bus.publish(new Order(2));
            bus.awaitIdle();

            assertThat(calls).containsExactly(1, 2, 2, 2);
            bus.recorded().expectFailuresOf("s");
        }
    }

    @Test
    void a_failure_that_propagates_is_thrown_although_others_become_letters() {
        try (TestEventBus bus = TestEventBus.create()) {
            bus.subscribe("s", s -> s.on(Order.class, this::handle).dispatch(Dispatch.synchronous())
                    .retry(RetryPolicy.never()).onFailure(IllegalStateException.class, FailureAction.PROPAGATE));
            failure = new IllegalStateException("roll back");
            assertThatThrownBy(() -> bus.publish(new Order(1))).isInstanceOf(HandlerFailedException.class)
                    .hasCause(failure);
            failure = new IOException("down");
            bus.publish(new Order(2));

            assertThat(bus.recorded().deadLetters()).hasSize(1);
            assertThat(bus.eventBus().inspect().metrics().subscriptions().get("s").propagated()).isEqualTo(1);
            bus.recorded().expectFailuresOf("s");
        }
    }

    @Test
    void what_a_dispatcher_cannot_do_is_refused() {
        try (TestEventBus bus = TestEventBus.create()) {
            assertThatThrownBy(() -> bus.subscribe("s", s -> s.on(Order.class, this::handle)
                    .onFailure(IOException.class, FailureAction.PROPAGATE))).isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("do not wait for its handlers");
            assertThatThrownBy(() -> bus.subscribe("s", s -> s.on(Order.class, this::handle)
                    .dispatch(Dispatch.synchronous()).onFailure(IOException.class, FailureAction.STOP)))
                    .isInstanceOf(ConfigurationException.class).hasMessageContaining("cannot be stopped");
        }
    }

    @Test
    void health_names_handlers_that_are_stuck_buffers_that_fill_and_letters_without_room() throws Exception {
        try (TestEventBus bus = TestEventBus.builder()
                .configure(b -> b.deadLetters(dev.eventbus.deadletter.DeadLetterStore.inMemory(1))).build()) {
            bus.subscribe("stuck", s -> s.on(Order.class, order -> deaf(bus)).timeout(Duration.ofSeconds(1)).buffer(10)
                    .retry(RetryPolicy.never()));
            for (int number = 0; number < 9; number++) {
                bus.publish(new Order(number));
            }
            bus.advance(Duration.ofSeconds(2));

            assertThat(bus.eventBus().inspect().health().reasons()).containsExactly(
                    new Health.StuckHandlers("stuck", 1), new Health.SaturatedBuffer("stuck", 9, 10));
            bus.awaitIdle();
            assertThat(bus.eventBus().inspect().health().reasons()).containsExactly(new Health.DeadLettersFull(1));
            bus.recorded().expectFailuresOf("stuck");
        }
    }

    private static void deaf(TestEventBus bus) throws InterruptedException {
        try {
            bus.sleep(Duration.ofSeconds(5));
        } catch (InterruptedException ignored) {
            bus.sleep(Duration.ofSeconds(5));
        }
    }
}
