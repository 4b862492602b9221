/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.EventBus;
import dev.eventbus.observe.SubscriptionMetrics;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.subscribe.Ordering;
import dev.eventbus.subscribe.SubscriptionSpec;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Many handlers that end just when they are timed out: no interrupt reaches another delivery (B24, D-4). */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TimeoutStormTest {
    private static final int HANDLERS = Integer.getInteger("stress.timeouts", 100_000);
    private static final Duration TIMEOUT = Duration.ofMillis(3);
    private static final int SPREAD_NANOS = 600_000; // handlers end that much before the timeout, or after it

    private final LongAdder strays = new LongAdder();
    private final LongAdder interrupted = new LongAdder();

    @Test
    void by_key_no_interrupt_reaches_another_delivery() throws Exception {
        runStorm("keyed", HANDLERS, s -> s.ordering(Ordering.byKey(Told.class, Told::key)).concurrency(128));
    }

    @Test
    void in_a_serial_subscription_neither() throws Exception {
        runStorm("serial", HANDLERS / 100, s -> s.ordering(Ordering.serial()));
    }

    @Test
    void without_order_neither() throws Exception {
        runStorm("unordered", HANDLERS / 10, s -> s.ordering(Ordering.unordered(128)));
    }

    private void runStorm(String name, int handlers, Function<SubscriptionSpec, SubscriptionSpec> order)
            throws Exception {
        CountedRuntime runtime = new CountedRuntime();
        SubscriptionMetrics metrics;
        try (EventBus bus = EventBus.builder("b").runtime(runtime).lastResort((letter, cause) -> {}).build()) {
            bus.subscribe(name,
                    s -> order.apply(s.on(Told.class, this::handle)).timeout(TIMEOUT).retry(RetryPolicy.never()));
            for (int i = 0; i < handlers; i++) {
                bus.publish(Told.of(i, i % 1_000));
            }
            assertThat(bus.drain(Threads.PATIENCE)).as("drained").isTrue();
            metrics = bus.inspect().metrics().subscriptions().get(name);
        }
        runtime.awaitNoThread();

        System.out.println("timeout storm: " + name + ": " + handlers + " handlers, " + metrics.handled() + " handled, "
                + metrics.timedOut() + " timed out, " + interrupted + " saw their interrupt, " + strays
                + " interrupts of others, " + metrics.abandoned() + " abandoned at the end, " + runtime.started()
                + " threads started");
        assertThat(strays.sum()).isZero();
        assertThat(metrics.handled() + metrics.timedOut()).isEqualTo(handlers);
        assertThat(metrics.deadLettered()).isEqualTo(metrics.timedOut());
        assertThat(metrics.abandoned()).isZero();
        assertThat(metrics.inFlight()).isZero();
        assertThat(metrics.handled()).isPositive();
        assertThat(metrics.timedOut()).isPositive();
    }

    // The wait is the load. Every eighth handler is deaf.
    private void handle(Told told) {
        long begun = System.nanoTime();
        if (Thread.interrupted()) {
            strays.increment();
        }
        boolean deaf = told.number() % 8 == 0;
        long wanted = TIMEOUT.toNanos() + (told.number() * 7_919L) % (2 * SPREAD_NANOS) - SPREAD_NANOS;
        boolean cut = false;
        for (long left = wanted; left > 0 && (deaf || !cut); left = begun + wanted - System.nanoTime()) {
            LockSupport.parkNanos(left);
            cut |= deaf ? Thread.interrupted() : Thread.currentThread().isInterrupted();
        }
        if (cut) {
            interrupted.increment();
        }
    }
}
