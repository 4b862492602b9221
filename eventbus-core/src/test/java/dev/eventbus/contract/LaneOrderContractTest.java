/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.EventBus;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.Outcome;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.publish.Receipt;
import dev.eventbus.subscribe.Dispatch;
import dev.eventbus.subscribe.Ordering;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class LaneOrderContractTest {
    private record Step(String key, int number) {}

    private final EventBus bus = EventBus.builder("b").retry(RetryPolicy.fixed(Duration.ofMillis(1)).maxAttempts(3))
            .build();
    private final List<Object> log = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        bus.close();
    }

    @Test
    @Rule("O-1")
    void serial_is_the_default_and_delivers_one_event_at_a_time_in_publish_order() throws InterruptedException {
        AtomicInteger running = new AtomicInteger();
        bus.subscribe(Integer.class, "s", n -> {
            assertThat(running.incrementAndGet()).isEqualTo(1);
            log.add(n);
            running.decrementAndGet();
        });

        IntStream.range(0, 20_000).forEach(bus::publish);

        assertThat(bus.drain(Duration.ofSeconds(30))).isTrue();
        assertThat(log).containsExactlyElementsOf(IntStream.range(0, 20_000).boxed().toList());
        assertThat(bus.inspect().metrics().subscriptions().get("s").deadLettered()).isZero();
    }

    @Test
    @Rule({"O-1", "R-1"})
    void a_failed_delivery_keeps_its_turn_until_it_is_handled_or_given_up() throws InterruptedException {
        bus.subscribe("s", s -> s.onEvent(Integer.class, delivery -> {
            log.add(delivery.payload() + "." + delivery.attempt());
            if (delivery.payload() == 1 || (delivery.payload() == 2 && delivery.attempt() < 3)) {
                throw new IllegalStateException("planted");
            }
        }));

        List<Receipt> receipts = IntStream.rangeClosed(1, 3).mapToObj(bus::publish).toList();

        assertThat(receipts.getLast().await(Duration.ofSeconds(30)).isDone()).isTrue();
        assertThat(log).containsExactly("1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "3.1");
        assertThat(receipts.getFirst().outcomes()).containsEntry("s", Outcome.DEAD_LETTERED);
    }

    @Test
    @Rule("O-2")
    void each_key_has_its_own_order_and_waits_for_no_other_key() throws InterruptedException {
        Gate gate = new Gate();
        Map<String, List<Integer>> byKey = new ConcurrentHashMap<>();
        bus.subscribe("s", s -> s.onEvent(Step.class, delivery -> {
            Step step = delivery.payload();
            if (step.key().equals("blocked")) {
                gate.pass();
            }
            if (step.key().equals("fails") && delivery.attempt() < 3) {
                throw new IllegalStateException("planted");
            }
            byKey.computeIfAbsent(step.key(), key -> new CopyOnWriteArrayList<>()).add(step.number());
        }).ordering(Ordering.byKey(Step.class, Step::key)));

        Receipt blocked = bus.publish(new Step("blocked", 0));
        List<Receipt> others = new ArrayList<>();
        for (int number = 0; number < 100; number++) {
            others.add(bus.publish(new Step("fails", number)));
            others.add(bus.publish(new Step("works", number)));
        }

        for (Receipt receipt : others) {
            assertThat(receipt.await(Duration.ofSeconds(30)).isDone()).isTrue();
        }
        assertThat(blocked.isDone()).isFalse();
        gate.open();
        assertThat(blocked.await(Duration.ofSeconds(30)).isDone()).isTrue();
        List<Integer> inOrder = IntStream.range(0, 100).boxed().toList();
        assertThat(byKey).isEqualTo(Map.of("fails", inOrder, "works", inOrder, "blocked", List.of(0)));
    }

    @Test
    @Rule("O-2")
    void the_key_is_the_envelopes_unless_the_subscription_has_its_own_and_events_without_one_have_their_order()
            throws InterruptedException {
        Gate gate = new Gate();
        bus.subscribe("s", s -> s.on(String.class, text -> {
            if (text.startsWith("wait")) {
                gate.pass();
            }
            log.add(text);
        }).ordering(Ordering.byKey()));

        bus.publish("wait", PublishOptions.options().key(1L));
        bus.publish("one", PublishOptions.options().key(1L));
        Receipt other = bus.publish("other", PublishOptions.options().key("1")); // of another type, so another key
        Receipt first = bus.publish("keyless 1");
        Receipt second = bus.publish("keyless 2");

        for (Receipt receipt : List.of(other, first, second)) {
            assertThat(receipt.await(Duration.ofSeconds(30)).isDone()).isTrue();
        }
        assertThat(log).containsExactlyInAnyOrder("other", "keyless 1", "keyless 2").containsSubsequence("keyless 1",
                "keyless 2");
        gate.open();
        assertThat(bus.drain(Duration.ofSeconds(30))).isTrue();
        assertThat(log).endsWith("wait", "one");
    }

    @Test
    @Rule("O-2")
    void no_more_handlers_run_at_once_than_were_allowed_and_unordered_ones_overtake() throws InterruptedException {
        Gate gate = new Gate();
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        bus.subscribe("s", s -> s.on(Integer.class, n -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            if (n == 0) {
                gate.pass();
            }
            log.add(n);
            running.decrementAndGet();
        }).ordering(Ordering.unordered(2)));

        Receipt first = bus.publish(0);
        gate.awaitReached();
        List<Receipt> others = IntStream.rangeClosed(1, 1_000).mapToObj(bus::publish).toList();

        for (Receipt receipt : others) {
            assertThat(receipt.await(Duration.ofSeconds(30)).isDone()).isTrue();
        }
        gate.open();
        assertThat(first.await(Duration.ofSeconds(30)).isDone()).isTrue();
        assertThat(log.getLast()).isEqualTo(0);
        assertThat(most).hasValue(2);
    }

    @Test
    @Rule("O-3")
    void what_a_handler_publishes_comes_after_its_event_in_every_lane_also_where_that_was_slower()
            throws InterruptedException {
        Gate gate = new Gate();
        bus.subscribe(Integer.class, "quick", n -> {
            if (n == 1) {
                bus.publish(2);
                gate.open();
            }
        });
        bus.subscribe(Integer.class, "slow", n -> {
            if (n == 1) {
                gate.pass();
            }
            log.add(n);
        });

        bus.publish(1);

        assertThat(bus.drain(Duration.ofSeconds(30))).isTrue();
        assertThat(log).containsExactly(1, 2);
    }

    @Test
    @Rule({"O-3", "O-4"})
    void lanes_begin_with_an_event_when_its_synchronous_handlers_are_done() throws InterruptedException {
        bus.subscribe("lane", s -> s.on(Integer.class, n -> {
            log.add("lane " + n);
            if (n == 1) {
                bus.publish(3); // synchronous in the worker's thread
            }
        }));
        bus.subscribe("sync", s -> s.on(Integer.class, n -> {
            log.add("sync " + n);
            if (n == 1) {
                bus.publish(2);
                log.add("sync 1 goes on");
            }
        }).dispatch(Dispatch.synchronous()));

        bus.publish(1);

        assertThat(bus.drain(Duration.ofSeconds(30))).isTrue();
        assertThat(log).containsSubsequence("sync 1", "sync 1 goes on", "sync 2", "lane 2");
        assertThat(log).containsSubsequence("sync 1 goes on", "lane 1", "sync 3", "lane 3");
        assertThat(log).containsSubsequence("lane 1", "lane 2", "lane 3");
    }

    @Test
    @Rule("P-1")
    void what_a_handler_publishes_in_lanes_follows_from_its_event_in_carrying_threads_too()
            throws InterruptedException {
        List<String> causes = new CopyOnWriteArrayList<>();
        bus.subscribe("s", s -> s.onEvent(Integer.class, delivery -> {
            causes.add(delivery.payload() + " <- " + delivery.event().metadata().causationId() + " at depth "
                    + delivery.event().metadata().depth());
            if (delivery.payload() == 1) {
                Thread carrier = Thread.ofPlatform().start(bus.wrap(() -> bus.publish(2)));
                carrier.join();
            }
        }));

        Receipt first = bus.publish(1);

        assertThat(bus.drain(Duration.ofSeconds(30))).isTrue();
        assertThat(causes).containsExactly("1 <- null at depth 0", "2 <- " + first.eventId() + " at depth 1");
    }
}
