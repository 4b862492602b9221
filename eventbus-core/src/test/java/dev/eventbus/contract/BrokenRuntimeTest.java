/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.EventBus;
import dev.eventbus.EventBusBuilder;
import dev.eventbus.fixture.HookedRuntime;
import dev.eventbus.observe.CloseReport;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.Outcome;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.publish.Receipt;
import dev.eventbus.subscribe.Ordering;
import dev.eventbus.subscribe.Subscription;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A runtime that fails once costs the lanes that one call, and no delivery. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class BrokenRuntimeTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final RetryPolicy TWICE = RetryPolicy.fixed(Duration.ofMillis(5)).maxAttempts(2);

    private final HookedRuntime runtime = new HookedRuntime();
    private final List<String> log = new CopyOnWriteArrayList<>();

    private EventBusBuilder builder() {
        return EventBus.builder("b").clocks(runtime).runtime(runtime);
    }

    static Stream<Ordering> orderings() {
        return Stream.of(Ordering.serial(), Ordering.byKey(), Ordering.unordered(1));
    }

    @ParameterizedTest
    @MethodSource("orderings")
    @Rule({"D-1", "R-1"})
    void a_retry_that_cannot_wait_is_attempted_at_once(Ordering ordering) throws InterruptedException {
        runtime.breakNextStart("-timers");
        EventBus bus = builder().retry(TWICE).build();
        bus.subscribe("s", s -> s.onEvent(String.class, delivery -> {
            log.add(delivery.payload() + " " + delivery.attempt());
            if (delivery.attempt() == 1) {
                throw new IOException("no");
            }
        }).ordering(ordering));

        Receipt first = bus.publish("x", PublishOptions.options().key("k")).await(LONG);
        Receipt second = bus.publish("y", PublishOptions.options().key("k")).await(LONG);

        assertThat(first.outcomes()).containsEntry("s", Outcome.HANDLED);
        assertThat(second.outcomes()).containsEntry("s", Outcome.HANDLED);
        assertThat(log).containsExactly("x 1", "x 2", "y 1", "y 2");
        bus.close();
    }

    @Test
    @Rule({"D-1", "R-1"})
    void a_park_that_throws_in_the_thread_of_the_timers_ends_no_wait_for_a_retry() throws InterruptedException {
        Duration day = Duration.ofDays(1);
        EventBus bus = builder().retry(RetryPolicy.fixed(day).maxAttempts(2)).build();
        CountDownLatch again = new CountDownLatch(1);
        AtomicInteger parks = new AtomicInteger();
        runtime.atPark(thread -> {
            if (thread.endsWith("-timers") && parks.incrementAndGet() == 1) {
                throw new IllegalStateException("planted: park");
            } else if (thread.endsWith("-timers") && parks.get() == 2) {
                runtime.jump(day);
            }
        });
        bus.subscribe("s", s -> s.onEvent(String.class, delivery -> {
            if (delivery.attempt() == 1) {
                throw new IOException("no");
            }
            again.countDown();
        }));

        Receipt receipt = bus.publish("x");
        Latches.await(again, "the retry"); // not by the receipt: the day passes for those who wait, too

        assertThat(receipt.await(LONG).outcomes()).containsEntry("s", Outcome.HANDLED);
        bus.close();
    }

    @ParameterizedTest
    @MethodSource("orderings")
    @Rule({"D-1", "D-4"})
    void a_watch_that_gets_no_timer_lets_its_handlers_go_on(Ordering ordering) throws InterruptedException {
        runtime.breakNextStart("-timers");
        EventBus bus = builder().build();
        Subscription open = bus.subscribe("s", s -> s.on(String.class, log::add).timeout(Duration.ofDays(1))
                .ordering(ordering));
        open.pause(); // so that one worker takes them all
        List<Receipt> receipts = new ArrayList<>(List.of(bus.publish("x"), bus.publish("y"), bus.publish("z")));
        open.resume();
        for (Receipt receipt : receipts) {
            assertThat(receipt.await(LONG).outcomes()).containsEntry("s", Outcome.HANDLED);
        }

        assertThat(bus.publish("and one by one").await(LONG).isDone()).isTrue();
        assertThat(bus.publish("in new workers").await(LONG).isDone()).isTrue();
        assertThat(log).hasSize(5);
        bus.close();
    }

    @Test
    @Rule("D-4")
    void a_watch_that_got_no_timer_times_out_the_next_handler_that_hangs() throws InterruptedException {
        runtime.breakNextStart("-timers");
        EventBus bus = builder().retry(RetryPolicy.never()).build();
        bus.subscribe("s", s -> s.on(Boolean.class, hangs -> {
            if (hangs) {
                new CountDownLatch(1).await();
            }
        }).timeout(Duration.ofMillis(5)));

        assertThat(bus.publish(false).await(LONG).isDone()).isTrue();

        assertThat(bus.publish(true).await(LONG).outcomes()).containsEntry("s", Outcome.DEAD_LETTERED);
        assertThat(bus.inspect().metrics().subscriptions().get("s").timedOut()).isPositive();
        bus.close();
    }

    @Test
    @Rule("D-4")
    void a_timeout_whose_interrupt_throws_lets_the_next_timeouts_come() throws InterruptedException {
        CountDownLatch tried = new CountDownLatch(1);
        AtomicInteger interrupts = new AtomicInteger();
        runtime.atInterrupt(() -> {
            if (interrupts.incrementAndGet() == 1) {
                tried.countDown();
                throw new IllegalStateException("planted: interrupt");
            }
        });
        EventBus bus = builder().retry(RetryPolicy.never()).build();
        bus.subscribe("s", s -> s.on(String.class, text -> {
            Latches.await(text.equals("until tried") ? tried : new CountDownLatch(1), "an end");
        }).timeout(Duration.ofMillis(5)).ordering(Ordering.unordered(4)));

        Receipt first = bus.publish("until tried").await(LONG);
        Receipt second = bus.publish("until interrupted").await(LONG);

        assertThat(first.outcomes()).containsEntry("s", Outcome.DEAD_LETTERED);
        assertThat(second.outcomes()).containsEntry("s", Outcome.DEAD_LETTERED);
        assertThat(interrupts).hasValue(2);
        bus.close();
    }

    @Test
    @Rule({"S-1", "T-1"})
    void a_cut_that_cannot_interrupt_one_handler_returns_and_interrupts_the_others() throws InterruptedException {
        FragileRuntime fragile = new FragileRuntime();
        EventBus bus = EventBus.builder("b").clocks(fragile).runtime(fragile).build();
        CountDownLatch running = new CountDownLatch(2);
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        for (String name : List.of("one", "other")) {
            bus.subscribe(String.class, name, text -> {
                running.countDown();
                try {
                    Latches.await(end, "the end");
                } catch (InterruptedException expected) {
                    interrupted.countDown();
                }
            });
        }
        bus.publish("x");
        Latches.await(running, "the handlers");
        fragile.breakNextInterrupt();

        CloseReport report = bus.shutdown(Duration.ZERO);

        assertThat(report.returned()).hasSize(2);
        Latches.await(interrupted, "the interrupt of one of them");
        end.countDown();
    }

    @ParameterizedTest
    @MethodSource("orderings")
    @Rule("D-1")
    void what_found_no_thread_is_delivered_with_the_next_event(Ordering ordering) throws InterruptedException {
        runtime.breakNextStart("-s");
        EventBus bus = builder().build();
        bus.subscribe("s", s -> s.on(String.class, log::add).ordering(ordering));

        Receipt first = bus.publish("x");
        assertThat(first.isDone()).isFalse();
        bus.publish("y");

        assertThat(bus.drain(LONG)).isTrue();
        assertThat(first.outcomes()).containsEntry("s", Outcome.HANDLED);
        assertThat(log).containsExactly("x", "y");
        bus.close();
    }
}
