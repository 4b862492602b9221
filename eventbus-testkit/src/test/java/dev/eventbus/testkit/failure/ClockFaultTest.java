/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.EventBus;
import dev.eventbus.breaker.CircuitBreakerPolicy;
import dev.eventbus.idempotency.IdempotencyPolicy;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.Outcome;
import dev.eventbus.publish.Receipt;
import dev.eventbus.spi.Clocks;
import dev.eventbus.subscribe.Dispatch;
import dev.eventbus.subscribe.SubscriptionSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A clock that throws once, at each of its readings in turn, costs no delivery its outcome and no key its claim (D-7). */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class ClockFaultTest {
    private static final int MOST_READINGS = 60;

    private record Order(int number) {}

    /** Throws at one reading of the threads of the bus. Thread-safe. */
    private static final class OnceBroken implements Clocks {
        private final AtomicInteger left;

        OnceBroken(int reading) {
            left = new AtomicInteger(reading);
        }

        @Override
        public long wallMillis() {
            return Clocks.system().wallMillis();
        }

        @Override
        public long monotonicNanos() {
            if (Thread.currentThread().isVirtual() && left.getAndDecrement() == 0) {
                throw new IllegalStateException("no time");
            }
            return Clocks.system().monotonicNanos();
        }
    }

    // Of each way to fail once, the events that follow must still be handled.
    private static void assertAllEnd(int reading, Consumer<SubscriptionSpec> spec) throws InterruptedException {
        EventBus bus = EventBus.builder("b").clocks(new OnceBroken(reading)).build();
        bus.subscribe("s", s -> spec.accept(s.dispatch(Dispatch.virtualThreads()).retry(RetryPolicy.never())
                .idempotent(IdempotencyPolicy.byKey(Order.class, order -> "k" + order.number() % 2,
                        Duration.ofHours(1)))
                .timeout(Duration.ofSeconds(30))
                .circuitBreaker(CircuitBreakerPolicy.failureRate(1).window(10).minimumCalls(10)
                        .openFor(Duration.ofMillis(1)).halfOpen(1))));
        bus.circuitBreaker("s").forceOpen();
        List<Receipt> receipts = new ArrayList<>();
        for (int number = 0; number < 8; number++) {
            receipts.add(bus.publish(new Order(number)));
        }
        bus.circuitBreaker("s").reset();
        for (Receipt receipt : receipts) {
            receipt.await(Duration.ofSeconds(3));
            assertThat(receipt.outcomes()).as("reading %d", reading).doesNotContainValue(Outcome.OPEN);
        }
        long handled = receipts.stream().filter(r -> r.outcomes().containsValue(Outcome.HANDLED)).count();
        assertThat(handled).as("reading %d", reading).isBetween(2L, 3L);
        assertThat(bus.shutdown(Duration.ofSeconds(1)).returned()).isEmpty();
    }

    @Test
    void single_deliveries_end() throws InterruptedException {
        for (int reading = 0; reading < MOST_READINGS; reading++) {
            assertAllEnd(reading, s -> s.on(Order.class, order -> {}));
        }
    }

    @Test
    void batches_end() throws InterruptedException {
        for (int reading = 0; reading < MOST_READINGS; reading++) {
            assertAllEnd(reading, s -> s.handleBatch(Order.class, 4, Duration.ofMillis(1), batch -> {}));
        }
    }
}
