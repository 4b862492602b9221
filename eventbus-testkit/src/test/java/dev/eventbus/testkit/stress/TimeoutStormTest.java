/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.EventBus;
import dev.eventbus.deadletter.SequencePolicy;
import dev.eventbus.observe.SubscriptionMetrics;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.Outcome;
import dev.eventbus.publish.Receipt;
import dev.eventbus.subscribe.Ordering;
import dev.eventbus.subscribe.SubscriptionSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Many handlers that end just when they are timed out: no interrupt reaches another delivery (B24, D-4). */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TimeoutStormTest {
    private static final int HANDLERS = Integer.getInteger("stress.timeouts", 100_000);
    private static final Duration TIMEOUT = Duration.ofMillis(3);
    private static final int SPREAD_NANOS = 600_000; // handlers end that much before the timeout, or after it

    @Test
    void by_key_no_interrupt_reaches_another_delivery() throws Exception {
        runStorm("keyed", HANDLERS, s -> s.ordering(Ordering.byKey(Told.class, Told::key)).concurrency(128)
                .sequenced(SequencePolicy.none()));
    }

    @Test
    void in_a_serial_subscription_neither() throws Exception {
        runStorm("serial", HANDLERS / 400, s -> s.ordering(Ordering.serial()));
    }

    @Test
    void without_order_neither() throws Exception {
        runStorm("unordered", HANDLERS / 10, s -> s.ordering(Ordering.unordered(128)));
    }

    private void runStorm(String name, int handlers, Function<SubscriptionSpec, SubscriptionSpec> order)
            throws Exception {
        CountedRuntime runtime = new CountedRuntime();
        AtomicIntegerArray interrupts = new AtomicIntegerArray(handlers); // that a delivery saw
        List<Receipt> receipts = new ArrayList<>(handlers);
        SubscriptionMetrics metrics;
        try (EventBus bus = EventBus.builder("b").runtime(runtime).lastResort((letter, cause) -> {}).build()) {
            bus.subscribe(name, s -> order.apply(s.on(Told.class, told -> handle(told, interrupts))).timeout(TIMEOUT)
                    .retry(RetryPolicy.never()));
            for (int i = 0; i < handlers; i++) {
                receipts.add(bus.publish(Told.of(i, i % 1_000)));
            }
            assertThat(bus.drain(Threads.PATIENCE)).as("drained").isTrue();
            metrics = bus.inspect().metrics().subscriptions().get(name);
        }
        runtime.awaitNoThread();

        System.out.println("timeout storm: " + name + ": " + handlers + " handlers, " + metrics.handled() + " handled, "
                + metrics.timedOut() + " timed out, "
                + IntStream.range(0, handlers).filter(i -> interrupts.get(i) > 0).count() + " saw their interrupt, "
                + metrics.abandoned() + " abandoned at the end, " + runtime.started() + " threads started");
        // A timeout can come before the handler's first step: whether an interrupt was its own, the outcome tells.
        assertThat(IntStream.range(0, handlers).filter(
                i -> interrupts.get(i) > (receipts.get(i).outcomes().get(name) == Outcome.DEAD_LETTERED ? 1 : 0)))
                .as("saw an interrupt of another").isEmpty();
        assertThat(metrics.handled() + metrics.timedOut()).isEqualTo(handlers);
        assertThat(metrics.deadLettered()).isEqualTo(metrics.timedOut());
        assertThat(metrics.abandoned()).isZero();
        assertThat(metrics.inFlight()).isZero();
        assertThat(metrics.handled()).isPositive();
        assertThat(metrics.timedOut()).isPositive();
    }

    // The wait is the load. Every eighth handler is deaf.
    private static void handle(Told told, AtomicIntegerArray interrupts) {
        long begun = System.nanoTime();
        int number = told.number();
        boolean deaf = number % 8 == 0;
        long wanted = TIMEOUT.toNanos() + (number * 7_919L) % (2 * SPREAD_NANOS) - SPREAD_NANOS;
        long left = wanted;
        while (left > 0 && (deaf || interrupts.get(number) == 0)) {
            LockSupport.parkNanos(left);
            if (deaf ? Thread.interrupted() : Thread.currentThread().isInterrupted()) {
                interrupts.incrementAndGet(number);
            }
            left = begun + wanted - System.nanoTime();
        }
    }
}
