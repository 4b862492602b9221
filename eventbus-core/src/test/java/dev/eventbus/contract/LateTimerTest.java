/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.EventBus;
import dev.eventbus.EventBusBuilder;
import dev.eventbus.fixture.HookedRuntime;
import dev.eventbus.observe.CloseReport;
import dev.eventbus.observe.Signal;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.Outcome;
import dev.eventbus.publish.Receipt;
import dev.eventbus.subscribe.Ordering;
import dev.eventbus.subscribe.Subscription;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A retry that begins to wait just when its bus or subscription ends leaves no thread of the timers. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class LateTimerTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final HookedRuntime runtime = new HookedRuntime();
    private final Gate gate = new Gate();
    private final List<Object> log = new CopyOnWriteArrayList<>();

    private EventBusBuilder builder(RetryPolicy retry) {
        return EventBus.builder("b").clocks(runtime).runtime(runtime).retry(retry);
    }

    static Stream<Ordering> orderings() {
        return Stream.of(Ordering.serial(), Ordering.byKey(), Ordering.unordered(1));
    }

    private void pass() {
        try {
            gate.pass();
        } catch (InterruptedException interrupted) {
            log.add("interrupted");
        }
    }

    @ParameterizedTest
    @MethodSource("orderings")
    @Rule({"S-1", "M-1"})
    void a_retry_that_is_decided_while_the_bus_is_cut_off_leaves_no_thread(Ordering ordering)
            throws InterruptedException {
        EventBus bus = builder(RetryPolicy.fixed(Duration.ofDays(1)).maxAttempts(2)).observe(signal -> {
            if (signal instanceof Signal.RetryScheduled) {
                pass();
            }
        }).build();
        bus.subscribe("s", s -> s.on(String.class, text -> {
            throw new IOException("no");
        }).ordering(ordering));
        bus.publish("x");
        gate.awaitReached();

        CloseReport report = bus.shutdown(Duration.ZERO);
        gate.open();

        assertThat(report.returned()).hasSize(1);
        runtime.awaitThreads();
    }

    @ParameterizedTest
    @MethodSource("orderings")
    @Rule({"S-2", "M-1"})
    void a_close_just_when_a_retry_begins_to_wait_leaves_no_thread(Ordering ordering) throws InterruptedException {
        CountDownLatch starting = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        runtime.atStart(thread -> {
            if (thread.endsWith("-timers")) {
                starting.countDown();
                try {
                    Latches.await(closed, "the close");
                } catch (InterruptedException interrupted) {
                    throw new AssertionError("interrupted", interrupted);
                }
            }
        });
        EventBus bus = builder(RetryPolicy.fixed(Duration.ofDays(1)).maxAttempts(2)).build();
        Subscription open = bus.subscribe("s", s -> s.on(String.class, text -> {
            throw new IOException("no");
        }).ordering(ordering));
        Receipt receipt = bus.publish("x");
        Latches.await(starting, "the wait for the retry");

        open.close();
        closed.countDown();

        assertThat(receipt.await(LONG).outcomes()).containsEntry("s", Outcome.CANCELLED);
        runtime.awaitThreads();
    }

    private void awaitNoThreadAfter(Ordering ordering, boolean closes) throws InterruptedException {
        EventBus bus = builder(RetryPolicy.fixed(Duration.ofDays(1)).maxAttempts(2)).build();
        Subscription open = bus.subscribe("s", s -> s.on(String.class, text -> {
            throw new IOException("no");
        }).ordering(ordering));
        CountDownLatch timersPark = new CountDownLatch(1);
        runtime.atPark(thread -> timersPark.countDown());
        bus.publish("x");
        Latches.await(timersPark, "the wait for the retry");

        if (closes) {
            open.close();
        } else {
            bus.shutdown(Duration.ZERO);
        }

        runtime.awaitThreads();
        bus.close();
    }

    @ParameterizedTest
    @MethodSource("orderings")
    @Rule({"M-1", "S-1"})
    void no_thread_waits_for_a_retry_after_a_shutdown(Ordering ordering) throws InterruptedException {
        awaitNoThreadAfter(ordering, false);
    }

    @ParameterizedTest
    @MethodSource("orderings")
    @Rule({"M-1", "S-2"})
    void no_thread_waits_for_a_retry_of_a_closed_subscription(Ordering ordering) throws InterruptedException {
        awaitNoThreadAfter(ordering, true);
    }
}
