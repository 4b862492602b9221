/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.EventBus;
import dev.eventbus.contract.Events.Audited;
import dev.eventbus.contract.Events.Base;
import dev.eventbus.contract.Events.Created;
import dev.eventbus.contract.Events.Derived;
import dev.eventbus.contract.Events.InvoiceEvent;
import dev.eventbus.contract.Events.Paid;
import dev.eventbus.publish.Outcome;
import dev.eventbus.publish.Receipt;
import dev.eventbus.publish.WouldDeadlockException;
import dev.eventbus.subscribe.Dispatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class OrderContractTest {
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).build();

    @Test
    @Rule("O-4")
    void all_handlers_run_in_the_callers_thread_in_the_order_in_which_they_subscribed() {
        List<Thread> threads = new ArrayList<>();
        bus.subscribe(String.class, "one", text -> threads.add(Thread.currentThread()));
        bus.subscribe(String.class, "two", text -> log.add("two"));
        bus.subscribe(String.class, "three", text -> log.add("three"));

        Receipt receipt = bus.publish("x");

        assertThat(threads).containsExactly(Thread.currentThread());
        assertThat(log).containsExactly("two", "three");
        assertThat(receipt.isDone()).isTrue();
        assertThat(receipt.outcomes()).containsExactly(java.util.Map.entry("one", Outcome.HANDLED),
                java.util.Map.entry("two", Outcome.HANDLED), java.util.Map.entry("three", Outcome.HANDLED));
    }

    @Test
    @Rule({"O-3", "O-4"})
    void events_published_in_a_handler_come_after_the_current_one_has_reached_all_its_handlers() {
        bus.subscribe("first", s -> s.on(Integer.class, n -> {
            log.add("first " + n);
            if (n < 3) {
                bus.publish(n * 2);
                bus.publish(n * 2 + 1);
            }
        }));
        bus.subscribe(Integer.class, "second", n -> log.add("second " + n));

        bus.publish(1);

        assertThat(log).containsExactly("first 1", "second 1", "first 2", "second 2", "first 3", "second 3", "first 4",
                "second 4", "first 5", "second 5");
    }

    @Test
    @Rule("O-4")
    void the_receipt_of_a_publish_inside_a_handler_is_open_until_its_turn_and_cannot_be_awaited_there() {
        List<Receipt> inner = new ArrayList<>();
        bus.subscribe(Paid.class, "later", paid -> {});
        bus.subscribe(Created.class, "now", created -> {
            Receipt receipt = bus.publish(new Paid("x"));
            inner.add(receipt);
            assertThat(receipt.isDone()).isFalse();
            assertThat(receipt.open()).containsExactly("later");
            assertThatThrownBy(() -> receipt.await(Duration.ofSeconds(5))).isInstanceOf(WouldDeadlockException.class)
                    .hasMessageContaining(receipt.eventId().toString());
        });

        Receipt outer = bus.publish(new Created("x"));

        assertThat(outer.outcomes()).containsEntry("now", Outcome.HANDLED);
        assertThat(inner.get(0).isDone()).isTrue();
        assertThat(inner.get(0).open()).isEmpty();
    }

    @Test
    @Rule("O-4")
    void a_publish_back_to_the_bus_through_another_one_waits_like_any_other() {
        EventBus other = EventBus.builder("other").dispatch(Dispatch.synchronous()).build();
        other.subscribe(String.class, "back", text -> bus.publish(2));
        bus.subscribe(Integer.class, "out", n -> {
            log.add("out " + n);
            if (n == 1) {
                other.publish("go");
                log.add("returned");
            }
        });

        bus.publish(1);

        assertThat(log).containsExactly("out 1", "returned", "out 2");
    }

    @Test
    @Rule("O-4")
    void threads_that_publish_at_the_same_time_call_a_handler_at_the_same_time() throws Exception {
        CyclicBarrier together = new CyclicBarrier(3);
        bus.subscribe(String.class, "meets", text -> {
            try {
                together.await(30, TimeUnit.SECONDS);
            } catch (BrokenBarrierException broken) {
                log.add("alone");
            }
        });

        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            List<Future<Receipt>> publishes = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                publishes.add(threads.submit(() -> bus.publish("x")));
            }
            for (Future<Receipt> publish : publishes) {
                publish.get(30, TimeUnit.SECONDS);
            }
        }

        assertThat(log).isEmpty();
        assertThat(bus.inspect().metrics().subscriptions().get("meets").handled()).isEqualTo(3);
    }

    @Test
    @Rule("O-3")
    void what_a_carried_thread_publishes_is_handled_after_the_event_it_follows_from() throws Exception {
        CountDownLatch published = new CountDownLatch(1);
        bus.subscribe(Created.class, "forks", created -> {
            Thread thread = Thread.ofVirtual().start(bus.wrap(() -> {
                bus.publish(new Paid("x"));
                published.countDown();
            }));
            assertThat(published.await(30, TimeUnit.SECONDS)).as("the carried thread never published").isTrue();
            thread.join();
            log.add("forks created");
        });
        bus.subscribe("last", s -> s.onEvent(InvoiceEvent.class, d -> log.add("last "
                + d.payload().getClass().getSimpleName() + " depth " + d.event().metadata().depth())));

        bus.publish(new Created("x"));

        assertThat(log).containsExactly("forks created", "last Created depth 0", "last Paid depth 1");
    }

    @Test
    @Rule({"O-3", "P-1"})
    void a_carried_thread_that_publishes_after_its_event_is_done_publishes_for_itself() throws Exception {
        List<java.util.concurrent.Callable<Receipt>> carried = new ArrayList<>();
        bus.subscribe(Created.class, "forks", created -> carried.add(bus.wrapCall(() -> bus.publish(new Paid("x")))));
        bus.subscribe("last", s -> s.onEvent(Paid.class, d -> log.add(Thread.currentThread().getName() + " "
                + d.event().metadata().causationId())));
        Receipt root = bus.publish(new Created("x"));

        try (ExecutorService threads = Executors.newSingleThreadExecutor(r -> new Thread(r, "other"))) {
            Receipt late = threads.submit(carried.get(0)).get(30, TimeUnit.SECONDS);
            assertThat(late.isDone()).isTrue();
        }

        assertThat(log).containsExactly("other " + root.eventId());
    }

    @Test
    @Rule("O-3")
    void a_carried_thread_never_hands_its_event_to_a_later_publish_of_the_same_lane() throws Exception {
        List<Runnable> carried = new ArrayList<>();
        bus.subscribe(Created.class, "forks", created -> carried.add(bus.wrap(() -> bus.publish("late"))));
        bus.publish(new Created("x"));
        bus.subscribe(Integer.class, "busy", n -> {
            Thread late = Thread.ofPlatform().start(carried.get(0));
            late.join();
            log.add("busy done");
        });
        bus.subscribe(String.class, "texts", text -> log.add(text));

        bus.publish(1); // the same thread, so the same lane

        assertThat(log).containsExactly("late", "busy done");
    }

    @Test
    @Rule("O-3")
    void outside_a_delivery_wrap_changes_nothing() throws Exception {
        Runnable task = () -> {};

        assertThat(bus.wrap(task)).isSameAs(task);
        assertThat(bus.currentDelivery()).isEmpty();
    }

    @Test
    @Rule("O-3")
    void the_current_delivery_is_there_in_the_handler_and_in_what_carries_it_and_gone_afterwards() throws Exception {
        bus.subscribe(Created.class, "now", created -> {
            log.add(bus.currentDelivery().orElseThrow().subscription());
            Thread thread = Thread.ofVirtual()
                    .start(bus.wrap(() -> log.add(bus.currentDelivery().orElseThrow().event().metadata().type())));
            thread.join();
        });

        bus.publish(new Created("x"));

        assertThat(log).containsExactly("now", "InvoiceCreated");
        assertThat(bus.currentDelivery()).isEmpty();
    }

    @Test
    @Rule("D-1")
    void classes_superclasses_interfaces_and_sealed_families_reach_each_subscription_once() {
        bus.subscribe("family", s -> s.on(InvoiceEvent.class, e -> log.add("family")).on(Audited.class,
                e -> log.add("family as audited")));
        bus.subscribe(Audited.class, "audited", e -> log.add("audited"));
        bus.subscribe(Object.class, "everything", e -> log.add("everything"));
        bus.subscribe(Base.class, "base", e -> log.add("base"));

        bus.publish(new Created("x"));
        bus.publish(new Derived());

        assertThat(log).containsExactly("family", "audited", "everything", "everything", "base");
    }

    @Test
    @Rule("D-1")
    void the_most_specific_handler_of_a_subscription_takes_the_event() {
        bus.subscribe("one",
                s -> s.on(Object.class, e -> log.add("object")).on(InvoiceEvent.class, e -> log.add("family"))
                        .onEvent(Created.class, d -> log.add("created")));

        bus.publish(new Created("x"));
        bus.publish(new Paid("x"));
        bus.publish("x");

        assertThat(log).containsExactly("created", "family", "object");
    }
}
