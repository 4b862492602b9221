/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.EventBus;
import dev.eventbus.fixture.HookedRuntime;
import dev.eventbus.fixture.Threads;
import dev.eventbus.observe.ReturnedDelivery;
import dev.eventbus.observe.ReturnedDelivery.State;
import dev.eventbus.observe.Signal;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.subscribe.Dispatch;
import dev.eventbus.subscribe.Ordering;
import dev.eventbus.subscribe.Subscription;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A bus that has nothing to do does nothing, owns no thread, and says so to those who wait for it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class QuietContractTest {
    private static final Duration DAY = Duration.ofDays(1);

    private final HookedRuntime runtime = new HookedRuntime();
    private final Gate gate = new Gate();

    private EventBus bus() {
        return EventBus.builder("b").clocks(runtime).runtime(runtime)
                .retry(RetryPolicy.fixed(DAY).maxAttempts(2)).build();
    }

    /** Lets a latch say when a thread waits. */
    private CountDownLatch parks(String suffix) {
        CountDownLatch parks = new CountDownLatch(1);
        runtime.atPark(thread -> {
            if (thread.endsWith(suffix)) {
                parks.countDown();
            }
        });
        return parks;
    }

    static Stream<Ordering> orderings() {
        return Stream.of(Ordering.serial(), Ordering.byKey(), Ordering.unordered(1));
    }

    @ParameterizedTest
    @MethodSource("orderings")
    @Rule("S-1")
    void a_drain_ends_when_the_last_handler_fails_and_its_retry_is_paused(Ordering ordering)
            throws InterruptedException {
        EventBus bus = bus();
        Subscription open = bus.subscribe("s", s -> s.on(String.class, text -> {
            gate.pass();
            throw new IOException("no");
        }).ordering(ordering));
        bus.publish("x");
        gate.awaitReached();
        open.pause();
        CountDownLatch waits = parks("drainer");
        FutureTask<Boolean> draining = Threads.start(() -> {
            Thread.currentThread().setName("drainer");
            return bus.drain(DAY);
        });
        Latches.await(waits, "the wait of the drain");

        gate.open();

        assertThat(Threads.result(draining, "the end of the drain")).isTrue();
        assertThat(bus.shutdown(Duration.ZERO).returned()).extracting(ReturnedDelivery::state)
                .containsExactly(State.BACKING_OFF);
    }

    @Test
    @Rule("S-1")
    void a_task_that_outlives_the_delivery_it_was_wrapped_in_may_drain_the_bus() throws InterruptedException {
        EventBus bus = bus();
        AtomicReference<Runnable> task = new AtomicReference<>();
        AtomicReference<Boolean> drained = new AtomicReference<>();
        bus.subscribe("s", s -> s.on(String.class, text -> task.set(bus.wrap(() -> {
            drained.set(drain(bus));
        }))).dispatch(Dispatch.synchronous()).retry(RetryPolicy.never()));
        bus.publish("x");

        task.get().run();

        assertThat(drained.get()).isTrue();
        bus.close();
    }

    private static boolean drain(EventBus bus) {
        try {
            return bus.drain(DAY);
        } catch (InterruptedException interrupted) {
            throw new AssertionError("the test was interrupted", interrupted);
        }
    }

    @Test
    @Rule({"D-4", "M-1"})
    void a_slow_handler_that_was_reported_keeps_no_thread_busy() throws InterruptedException {
        CountDownLatch bothReported = new CountDownLatch(2);
        AtomicInteger looks = new AtomicInteger();
        EventBus bus = EventBus.builder("b").clocks(runtime).runtime(runtime).observe(signal -> {
            if (signal instanceof Signal.SlowHandler) {
                bothReported.countDown();
            }
        }).build();
        countReadsOfTimers(looks);
        bus.subscribe("soon", s -> s.on(String.class, n -> gate.pass()).warnIfSlowerThan(Duration.ofMillis(1)));
        bus.subscribe("later", s -> s.on(String.class, n -> gate.pass()).warnIfSlowerThan(Duration.ofMillis(100)));

        bus.publish("x");
        Latches.await(bothReported, "the reports of both");

        assertThat(looks).as("looks between the two reports").hasValueLessThan(50);
        gate.open();
        assertThat(drain(bus)).isTrue();
        bus.close();
    }

    private void countReadsOfTimers(AtomicInteger looks) {
        runtime.atNextClockRead(() -> {
            countReadsOfTimers(looks);
            if (Thread.currentThread().getName().endsWith("-timers")) {
                looks.incrementAndGet();
            }
        });
    }
}
