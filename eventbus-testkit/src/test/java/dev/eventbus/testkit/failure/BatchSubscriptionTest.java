/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.error.ConfigurationException;
import dev.eventbus.idempotency.IdempotencyPolicy;
import dev.eventbus.observe.CloseReport;
import dev.eventbus.observe.ReturnedDelivery.State;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.Outcome;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.publish.Receipt;
import dev.eventbus.subscribe.Delivery;
import dev.eventbus.subscribe.Dispatch;
import dev.eventbus.subscribe.Ordering;
import dev.eventbus.subscribe.Overflow;
import dev.eventbus.subscribe.Subscription;
import dev.eventbus.testkit.TestEventBus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class BatchSubscriptionTest {
    private record Row(int number) {}

    private final List<List<Integer>> calls = new ArrayList<>();
    private final List<Integer> attempts = new ArrayList<>();
    private int poison = -1;

    private void handle(List<Delivery<Row>> batch) {
        List<Integer> rows = batch.stream().map(delivery -> delivery.payload().number()).toList();
        calls.add(rows);
        batch.stream().filter(delivery -> delivery.payload().number() == poison)
                .forEach(d -> attempts.add(d.attempt()));
        if (rows.contains(poison)) {
            throw new IllegalStateException("poison");
        }
    }

    private static List<Receipt> publish(TestEventBus bus, int first, int last) {
        List<Receipt> receipts = new ArrayList<>();
        for (int number = first; number <= last; number++) {
            receipts.add(bus.publish(new Row(number)));
        }
        return receipts;
    }

    private Subscription subscribe(TestEventBus bus, int max, Duration wait) {
        return bus.subscribe("rows", s -> s.handleBatch(Row.class, max, wait, this::handle).retry(RetryPolicy.never()));
    }

    @Test
    void a_call_begins_when_there_are_enough() {
        try (TestEventBus bus = TestEventBus.create()) {
            subscribe(bus, 3, Duration.ofSeconds(1));

            publish(bus, 1, 7);
            bus.runUntilIdle();

            assertThat(calls).containsExactly(List.of(1, 2, 3), List.of(4, 5, 6));
            bus.advance(Duration.ofMillis(999));
            assertThat(calls).hasSize(2);
            bus.advance(Duration.ofMillis(1));
            assertThat(calls).last().isEqualTo(List.of(7));
        }
    }

    @Test
    void the_first_one_waits_no_longer_than_it_may_and_the_last_one_that_is_missing_ends_the_wait() {
        try (TestEventBus bus = TestEventBus.create()) {
            subscribe(bus, 3, Duration.ofSeconds(1));
            publish(bus, 1, 1);
            bus.runUntilIdle();
            bus.advance(Duration.ofMillis(600));
            publish(bus, 2, 2);
            bus.advance(Duration.ofMillis(400));
            assertThat(calls).containsExactly(List.of(1, 2));

            publish(bus, 3, 4);
            bus.runUntilIdle();
            assertThat(calls).hasSize(1);
            publish(bus, 5, 5);
            bus.runUntilIdle();
            assertThat(calls).last().isEqualTo(List.of(3, 4, 5));
        }
    }

    @Test
    void without_a_wait_it_takes_what_is_there() {
        try (TestEventBus bus = TestEventBus.create()) {
            subscribe(bus, 10, Duration.ZERO);

            publish(bus, 1, 4);
            bus.runUntilIdle();

            assertThat(calls).containsExactly(List.of(1, 2, 3, 4));
        }
    }

    @Test
    void a_batch_that_fails_is_halved_until_the_poison_event_stands_alone() {
        try (TestEventBus bus = TestEventBus.create()) {
            poison = 6;
            subscribe(bus, 8, Duration.ZERO);

            List<Receipt> receipts = publish(bus, 1, 9);
            bus.runUntilIdle();

            assertThat(calls).containsExactly(List.of(1, 2, 3, 4, 5, 6, 7, 8), List.of(1, 2, 3, 4), List.of(5, 6, 7, 8),
                    List.of(5, 6), List.of(5), List.of(6), List.of(7, 8), List.of(9));
            assertThat(attempts).containsExactly(1, 2, 3, 4);
            assertThat(receipts).allMatch(Receipt::isDone);
            assertThat(bus.recorded().deadLetters()).singleElement().satisfies(letter -> {
                assertThat(((Row) letter.event().payload()).number()).isEqualTo(6);
                assertThat(letter.attempts()).hasSize(4);
            });
            bus.recorded().expectFailuresOf("rows");
        }
    }

    @Test
    void the_poison_event_is_retried_alone_and_those_behind_it_wait() {
        try (TestEventBus bus = TestEventBus.create()) {
            poison = 2;
            bus.subscribe("rows", s -> s.handleBatch(Row.class, 4, Duration.ZERO, this::handle)
                    .retry(RetryPolicy.fixed(Duration.ofSeconds(1)).maxAttempts(3)));

            publish(bus, 1, 4);
            bus.runUntilIdle();
            assertThat(calls).containsExactly(List.of(1, 2, 3, 4), List.of(1, 2), List.of(1), List.of(2));
            bus.advance(Duration.ofSeconds(1));
            assertThat(calls).hasSize(5);
            poison = -1;
            bus.advance(Duration.ofSeconds(1));
            assertThat(calls).endsWith(List.of(2), List.of(2), List.of(3, 4));
            assertThat(bus.recorded().deadLetters()).isEmpty();
            bus.recorded().expectFailuresOf("rows");
        }
    }

    @Test
    void duplicates_are_left_out_of_a_call() {
        try (TestEventBus bus = TestEventBus.create()) {
            bus.subscribe("rows", s -> s.handleBatch(Row.class, 4, Duration.ZERO, this::handle)
                    .idempotent(IdempotencyPolicy.byKey(Row.class, Row::number, Duration.ofHours(1))));
            publish(bus, 1, 2);
            bus.runUntilIdle();

            List<Receipt> again = publish(bus, 1, 4);
            bus.runUntilIdle();

            assertThat(calls).containsExactly(List.of(1, 2), List.of(3, 4));
            assertThat(again.getFirst().outcomes()).containsEntry("rows", Outcome.DUPLICATE);
        }
    }

    @Test
    void two_of_one_key_are_not_in_one_call() {
        try (TestEventBus bus = TestEventBus.create()) {
            bus.subscribe("rows", s -> s.handleBatch(Row.class, 4, Duration.ZERO, this::handle)
                    .idempotent(IdempotencyPolicy.byEventId(Duration.ofHours(1))));
            UUID id = new UUID(1, 2);

            bus.publish(new Row(1), PublishOptions.options().id(id));
            Receipt twin = bus.publish(new Row(1), PublishOptions.options().id(id));
            bus.publish(new Row(2));
            bus.runUntilIdle();

            assertThat(calls).containsExactly(List.of(1), List.of(2));
            assertThat(twin.outcomes()).containsEntry("rows", Outcome.DUPLICATE);
        }
    }

    @Test
    void expired_ones_are_left_out_of_a_call() {
        try (TestEventBus bus = TestEventBus.create()) {
            subscribe(bus, 3, Duration.ofSeconds(5));
            Receipt late = bus.publish(new Row(1), PublishOptions.options().expiresAfter(Duration.ofSeconds(1)));
            bus.publish(new Row(2));

            bus.advance(Duration.ofSeconds(5));

            assertThat(calls).containsExactly(List.of(2));
            assertThat(late.outcomes()).containsEntry("rows", Outcome.EXPIRED);
        }
    }

    @Test
    void a_letter_comes_back_as_a_batch_of_one() {
        try (TestEventBus bus = TestEventBus.create()) {
            poison = 1;
            subscribe(bus, 3, Duration.ZERO);
            publish(bus, 1, 1);
            bus.runUntilIdle();
            poison = -1;

            assertThat(bus.eventBus().deadLetters().redrive(DeadLetterQuery.all()).handled()).isEqualTo(1);
            assertThat(calls).containsExactly(List.of(1), List.of(1));
            bus.recorded().expectFailuresOf("rows");
        }
    }

    @Test
    void a_shutdown_accounts_for_what_is_being_gathered() {
        TestEventBus bus = TestEventBus.create();
        subscribe(bus, 5, Duration.ofHours(1));
        publish(bus, 1, 3);
        bus.runUntilIdle();

        CloseReport report = bus.eventBus().shutdown(Duration.ofSeconds(1));

        assertThat(report.returned()).hasSize(3).allMatch(delivery -> delivery.state() == State.WAITING);
        assertThat(calls).isEmpty();
        bus.close();
    }

    @Test
    void a_shutdown_says_of_all_in_a_call_that_they_run() {
        TestEventBus bus = TestEventBus.create();
        bus.subscribe("rows", s -> s.handleBatch(Row.class, 2, Duration.ZERO, batch -> bus.sleep(Duration.ofHours(1))));
        publish(bus, 1, 3);
        bus.runUntilIdle();

        CloseReport report = bus.eventBus().shutdown(Duration.ofSeconds(1));

        assertThat(report.returned()).extracting(delivery -> delivery.state())
                .containsExactlyInAnyOrder(State.RUNNING, State.RUNNING, State.WAITING);
        bus.recorded().expectFailuresOf("rows");
        bus.close();
    }

    @Test
    void closing_the_subscription_cancels_what_is_being_gathered() {
        try (TestEventBus bus = TestEventBus.create()) {
            Subscription subscription = subscribe(bus, 5, Duration.ofHours(1));
            List<Receipt> receipts = publish(bus, 1, 3);
            bus.runUntilIdle();

            subscription.close();
            bus.runUntilIdle();

            assertThat(receipts).allSatisfy(
                    receipt -> assertThat(receipt.outcomes()).containsEntry("rows", Outcome.CANCELLED));
        }
    }

    @Test
    void what_contradicts_a_batch_is_refused() {
        try (TestEventBus bus = TestEventBus.create()) {
            assertThatThrownBy(() -> bus.subscribe("s", s -> s.handleBatch(Row.class, 1, Duration.ZERO, this::handle)))
                    .isInstanceOf(ConfigurationException.class).hasMessage("max must be >= 2, was 1");
            assertThatThrownBy(() -> bus.subscribe("s", s -> s.handleBatch(Row.class, 2, Duration.ZERO, this::handle)
                    .ordering(Ordering.byKey()))).isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("follow one order");
            assertThatThrownBy(() -> bus.subscribe("s", s -> s.handleBatch(Row.class, 2, Duration.ZERO, this::handle)
                    .dispatch(Dispatch.synchronous()))).isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("handleBatch cannot govern");
            assertThatThrownBy(() -> bus.subscribe("s", s -> s.handleBatch(Row.class, 2, Duration.ZERO, this::handle)
                    .buffer(9, Overflow.DROP_OLDEST))).isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("DROP_OLDEST");
            assertThatThrownBy(() -> bus.subscribe("s", s -> s.handleBatch(Row.class, 20, Duration.ZERO, this::handle)
                    .buffer(9))).isInstanceOf(ConfigurationException.class).hasMessageContaining("max (20)");
            assertThatThrownBy(
                    () -> bus.subscribe("s", s -> s.handleBatch(Row.class, 8_193, Duration.ofHours(1), this::handle)))
                    .isInstanceOf(ConfigurationException.class).hasMessageContaining("places (8192)"); // never full
            assertThatThrownBy(() -> bus.subscribe("s", s -> s.handleBatch(Row.class, 2, Duration.ZERO, this::handle)
                    .on(String.class, text -> {}))).isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("2 handlers");
        }
    }
}
