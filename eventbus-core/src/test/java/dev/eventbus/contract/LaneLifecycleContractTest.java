/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.eventbus.EventBus;
import dev.eventbus.error.ConfigurationException;
import dev.eventbus.fixture.Threads;
import dev.eventbus.observe.CloseReport;
import dev.eventbus.observe.ReturnedDelivery;
import dev.eventbus.observe.ReturnedDelivery.State;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.BusClosedException;
import dev.eventbus.publish.Outcome;
import dev.eventbus.publish.Receipt;
import dev.eventbus.publish.WouldDeadlockException;
import dev.eventbus.subscribe.Dispatch;
import dev.eventbus.subscribe.Ordering;
import dev.eventbus.subscribe.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class LaneLifecycleContractTest {
    private final List<Object> log = new CopyOnWriteArrayList<>();
    private final EventBus bus = EventBus.builder("b").retry(RetryPolicy.fixed(Duration.ofDays(1)).maxAttempts(2))
            .build();
    private final Gate gate = new Gate();

    private Subscription gated() {
        return bus.subscribe("s", s -> s.on(Integer.class, n -> {
            if (n == 1) {
                gate.pass();
            }
            log.add(n);
        }));
    }

    @Test
    @Rule("S-1")
    void a_shutdown_waits_for_what_lanes_hold_and_for_what_follows_from_it() {
        EventBus deep = EventBus.builder("deep").maxDepth(200).build();
        deep.subscribe(Integer.class, "s", n -> {
            log.add(n);
            if (n < 100) {
                deep.publish(n + 1);
            }
        });
        deep.publish(1);

        CloseReport report = deep.shutdown(Duration.ofSeconds(30));

        assertThat(report.returned()).isEmpty();
        assertThat(log).hasSize(100);
        assertThatThrownBy(() -> deep.publish(1)).isInstanceOf(BusClosedException.class);
    }

    @Test
    @Rule({"S-1", "D-3"})
    void at_the_deadline_what_is_left_is_returned_with_its_state() {
        gated();
        bus.subscribe("backing off", s -> s.on(Integer.class, n -> {
            throw new IllegalStateException("planted");
        }).ordering(Ordering.byKey(Integer.class, n -> n)));
        bus.publish(1);
        bus.publish(2);
        gate.awaitReached();
        Receipt third = bus.publish(3);

        CloseReport report = bus.shutdown(Duration.ZERO);

        assertThat(report.returned()).filteredOn(left -> left.subscription().equals("s"))
                .extracting(left -> left.event().payload() + " " + left.state()).containsExactlyInAnyOrder("1 RUNNING",
                        "2 WAITING", "3 WAITING");
        assertThat(report.returned()).filteredOn(left -> left.subscription().equals("backing off")).hasSize(3);
        assertThat(third.outcomes()).containsEntry("s", Outcome.RETURNED).containsEntry("backing off",
                Outcome.RETURNED);
        assertThat(log).isEmpty();
    }

    @Test
    @Rule("S-1")
    void what_is_paused_keeps_no_shutdown_waiting_and_is_returned() {
        Subscription paused = bus.subscribe(Integer.class, "paused", log::add);
        Subscription keyed = bus.subscribe("keyed", s -> s.on(String.class, log::add)
                .ordering(Ordering.byKey(String.class, text -> text)));
        paused.pause();
        keyed.pause("a");
        bus.publish(1);
        bus.publish("a");
        Receipt other = bus.publish("b");

        CloseReport report = bus.shutdown(Duration.ofDays(1));

        assertThat(other.outcomes()).containsEntry("keyed", Outcome.HANDLED);
        assertThat(report.returned()).extracting(ReturnedDelivery::state).containsExactly(State.WAITING, State.WAITING);
    }

    @Test
    @Rule("S-1")
    void a_publisher_that_waits_for_a_place_is_refused_when_the_shutdown_begins() {
        bus.subscribe("s", s -> s.on(Integer.class, n -> gate.pass()).buffer(1));
        bus.publish(1);
        gate.awaitReached();
        FutureTask<Throwable> waiting = Threads.start(() -> catchThrowable(() -> bus.publish(2)));
        FutureTask<CloseReport> closing = Threads.start(() -> bus.shutdown(Duration.ofSeconds(30)));

        assertThat(Threads.result(waiting, "the refusal")).isInstanceOf(BusClosedException.class);
        gate.open();
        assertThat(Threads.result(closing, "the report").returned()).isEmpty();
    }

    @Test
    @Rule("S-2")
    void closing_cancels_what_waits_and_what_waits_for_a_retry() throws InterruptedException {
        Subscription gated = gated();
        Receipt first = bus.publish(1);
        gate.awaitReached();
        Receipt second = bus.publish(2);
        Subscription retrying = bus.subscribe("retrying", s -> s.on(String.class, text -> {
            throw new IllegalStateException("planted");
        }));
        Receipt failing = bus.publish("fails");

        gated.close();
        retrying.close();
        gate.open();

        assertThat(second.await(Duration.ofSeconds(30)).outcomes()).containsEntry("s", Outcome.CANCELLED);
        assertThat(first.await(Duration.ofSeconds(30)).outcomes()).containsEntry("s", Outcome.HANDLED);
        assertThat(failing.await(Duration.ofSeconds(30)).outcomes()).containsEntry("retrying", Outcome.CANCELLED);
        assertThat(log).containsExactly(1);
    }

    @Test
    @Rule("S-2")
    void close_and_await_waits_for_the_handler_that_runs_but_not_in_itself() throws InterruptedException {
        AtomicReference<Throwable> inside = new AtomicReference<>();
        AtomicReference<Subscription> own = new AtomicReference<>();
        own.set(bus.subscribe(String.class, "own",
                text -> inside.set(catchThrowable(() -> own.get().closeAndAwait(Duration.ofDays(1))))));
        Subscription gated = gated();
        bus.publish(1);
        gate.awaitReached();

        assertThat(gated.closeAndAwait(Duration.ZERO)).isFalse();
        FutureTask<Boolean> closing = Threads.start(() -> gated.closeAndAwait(Duration.ofSeconds(30)));
        gate.open();

        assertThat(Threads.result(closing, "the end of the handler")).isTrue();
        assertThat(log).containsExactly(1);
        assertThat(bus.publish("x").await(Duration.ofSeconds(30)).isDone()).isTrue();
        assertThat(inside.get()).isInstanceOf(WouldDeadlockException.class);
        assertThat(own.get().isClosed()).isTrue();
    }

    @Test
    @Rule("S-2")
    void close_and_await_of_a_synchronous_subscription_waits_for_publishers_that_are_in_it() {
        Subscription gated = bus.subscribe("s", s -> s.on(Integer.class, n -> {
            gate.pass();
            log.add(n);
        }).dispatch(Dispatch.synchronous()).retry(RetryPolicy.never()));
        FutureTask<Receipt> publisher = Threads.start(() -> bus.publish(1));
        gate.awaitReached();
        FutureTask<Boolean> closing = Threads.start(() -> {
            boolean ended = gated.closeAndAwait(Duration.ofSeconds(30));
            return ended && log.contains(1);
        });

        gate.open();

        assertThat(Threads.result(closing, "the end of the handler")).isTrue();
        assertThat(Threads.result(publisher, "the publisher").outcomes()).containsEntry("s", Outcome.HANDLED);
    }

    @Test
    @Rule("S-2")
    void a_paused_subscription_and_a_paused_key_go_on_where_they_were() throws InterruptedException {
        Subscription serial = bus.subscribe(Integer.class, "serial", log::add);
        Subscription keyed = bus.subscribe("keyed", s -> s.on(String.class, log::add)
                .ordering(Ordering.byKey(String.class, text -> text.substring(0, 1))));
        serial.pause();
        keyed.pause("a");
        Receipt waits = bus.publish(1);
        Receipt waitsToo = bus.publish("a1");

        assertThat(bus.publish("b1").await(Duration.ofSeconds(30)).isDone()).isTrue();
        assertThat(bus.drain(Duration.ofSeconds(30))).isTrue();
        assertThat(waits.isDone() || waitsToo.isDone()).isFalse();
        assertThat(serial.isPaused()).isTrue();
        serial.resume();
        keyed.resume("a");

        assertThat(waits.await(Duration.ofSeconds(30)).isDone()).isTrue();
        assertThat(waitsToo.await(Duration.ofSeconds(30)).isDone()).isTrue();
        assertThat(log).containsExactlyInAnyOrder("b1", 1, "a1");
    }

    @Test
    @Rule("M-1")
    void pausing_is_refused_where_it_means_nothing_and_beyond_its_bound() {
        Subscription synchronous = bus.subscribe("sync", s -> s.on(Integer.class, log::add)
                .dispatch(Dispatch.synchronous()).retry(RetryPolicy.never()));
        Subscription serial = bus.subscribe(Integer.class, "serial", log::add);
        Subscription keyed = bus.subscribe("keyed", s -> s.on(Integer.class, log::add).ordering(Ordering.byKey()));

        assertThatThrownBy(synchronous::pause).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("'sync'");
        assertThatThrownBy(() -> serial.pause("k")).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("not ordered by key");
        for (int key = 0; key < 10_000; key++) {
            keyed.pause(key);
        }
        assertThatThrownBy(() -> keyed.pause(10_000)).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("10000");
        bus.close();
    }

    @Test
    @Rule("S-1")
    void a_drain_waits_for_everything_accepted_and_leaves_the_bus_open() throws InterruptedException {
        AtomicReference<Throwable> inside = new AtomicReference<>();
        bus.subscribe(Integer.class, "s", n -> {
            if (n == 1) {
                bus.publish(2);
                inside.set(catchThrowable(() -> bus.drain(Duration.ofDays(1))));
            }
            log.add(n);
        });
        bus.publish(1);

        assertThat(bus.drain(Duration.ofSeconds(30))).isTrue();
        assertThat(log).containsExactly(1, 2);
        assertThat(inside.get()).isInstanceOf(WouldDeadlockException.class);
        bus.publish(3);
        assertThat(bus.drain(Duration.ofSeconds(30))).isTrue();
        bus.close();
    }
}
