/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.EventBus;
import dev.eventbus.breaker.CircuitBreakerPolicy;
import dev.eventbus.policy.RateLimit;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.spi.BusRuntime;
import dev.eventbus.subscribe.Dispatch;
import dev.eventbus.subscribe.Subscription;
import dev.eventbus.subscribe.SubscriptionSpec;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No thread of a bus outlives what it waits for, however far the moment was at which a gate would have opened. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class ThreadsLeftTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private record Order(int number) {}

    /** Keeps the threads that a bus starts, and tells when one begins to wait for a moment. Thread-safe. */
    private static final class Watched implements BusRuntime {
        private final BusRuntime machine = BusRuntime.system();
        private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();
        private final CountDownLatch timed = new CountDownLatch(1);

        @Override
        public void start(String name, Runnable task) {
            machine.start(name, () -> {
                threads.add(Thread.currentThread());
                task.run();
            });
        }

        @Override
        public void parkUntil(long monotonicNanos) {
            if (Thread.currentThread().getName().endsWith("-timers")) {
                timed.countDown();
            }
            machine.parkUntil(monotonicNanos);
        }

        @Override
        public void unpark(Thread thread) {
            machine.unpark(thread);
        }

        @Override
        public void interrupt(Thread thread) {
            machine.interrupt(thread);
        }

        void assertAllEnd() throws InterruptedException {
            for (Thread thread : threads) {
                assertThat(thread.join(Duration.ofSeconds(10))).as(thread.getName()).isTrue();
            }
        }
    }

    private final Watched runtime = new Watched();
    private final EventBus bus = EventBus.builder("b").runtime(runtime).build();

    private Subscription untilShut(Consumer<SubscriptionSpec> gate) throws InterruptedException {
        Subscription subscription = bus.subscribe("s", s -> gate.accept(s.on(Order.class, order -> {
            throw new IllegalStateException("down");
        }).dispatch(Dispatch.virtualThreads()).retry(RetryPolicy.never())));
        bus.publish(new Order(1));
        bus.publish(new Order(2));
        runtime.timed.await();
        return subscription;
    }

    @Test
    void a_rate_limit_leaves_none_after_a_shutdown() throws InterruptedException {
        untilShut(s -> s.rateLimit(RateLimit.of(1, HOUR)));

        assertThat(bus.shutdown(Duration.ofMillis(50)).returned()).hasSize(1);
        runtime.assertAllEnd();
    }

    @Test
    void an_open_breaker_leaves_none_after_a_shutdown() throws InterruptedException {
        untilShut(s -> s.circuitBreaker(CircuitBreakerPolicy.failureRate(1).window(1).minimumCalls(1).openFor(HOUR)));

        assertThat(bus.shutdown(Duration.ofMillis(50)).returned()).hasSize(1);
        runtime.assertAllEnd();
    }

    @Test
    void a_closed_subscription_leaves_none() throws InterruptedException {
        Subscription subscription = untilShut(s -> s.rateLimit(RateLimit.of(1, HOUR)));

        assertThat(subscription.closeAndAwait(Duration.ofSeconds(10))).isTrue();
        runtime.assertAllEnd();
        bus.shutdown(Duration.ZERO);
    }
}
