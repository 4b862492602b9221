/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.EventBus;
import dev.eventbus.breaker.CircuitBreakerPolicy;
import dev.eventbus.idempotency.IdempotencyPolicy;
import dev.eventbus.policy.RateLimit;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.Outcome;
import dev.eventbus.publish.Receipt;
import dev.eventbus.spi.Clocks;
import dev.eventbus.subscribe.Dispatch;
import dev.eventbus.subscribe.SubscriptionSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A clock that throws once, wherever a delivery reads it, costs no delivery its outcome and no key its claim (D-7). */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class ClockFaultTest {
    private record Order(int number) {}

    /** Throws at the first reading in a method. Thread-safe. */
    private static final class OnceBroken implements Clocks {
        private final String place;
        private final AtomicBoolean thrown = new AtomicBoolean();

        OnceBroken(String place) {
            this.place = place;
        }

        @Override
        public long wallMillis() {
            return Clocks.system().wallMillis();
        }

        @Override
        public long monotonicNanos() {
            if (StackWalker.getInstance().walk(frames -> frames.anyMatch(this::isPlace))
                    && thrown.compareAndSet(false, true)) {
                throw new IllegalStateException("no time");
            }
            return Clocks.system().monotonicNanos();
        }

        private boolean isPlace(StackWalker.StackFrame frame) {
            return (frame.getClassName() + "." + frame.getMethodName()).endsWith("." + place);
        }
    }

    private final AtomicInteger calls = new AtomicInteger();

    // Of each way to fail once, the events that follow must still be handled.
    private void assertAllEnd(String place, Consumer<SubscriptionSpec> spec) throws InterruptedException {
        OnceBroken clocks = new OnceBroken(place);
        EventBus bus = EventBus.builder("b").clocks(clocks).build();
        bus.subscribe("s", s -> spec.accept(s.dispatch(Dispatch.virtualThreads()).retry(RetryPolicy.never())
                .idempotent(IdempotencyPolicy.byKey(Order.class, order -> "k" + order.number() % 2,
                        Duration.ofHours(1)))
                .timeout(Duration.ofSeconds(30)).rateLimit(RateLimit.of(1, Duration.ofMillis(50)))
                .circuitBreaker(CircuitBreakerPolicy.failureRate(1).window(10).minimumCalls(10)
                        .openFor(Duration.ofMillis(1)).halfOpen(1))));
        List<Receipt> receipts = new ArrayList<>();
        for (int number = 0; number < 8; number++) {
            receipts.add(bus.publish(new Order(number)));
        }
        for (Receipt receipt : receipts) {
            receipt.await(Duration.ofSeconds(3));
            assertThat(receipt.outcomes()).as(place).doesNotContainValue(Outcome.OPEN);
        }
        long handled = receipts.stream().filter(r -> r.outcomes().containsValue(Outcome.HANDLED)).count();
        assertThat(clocks.thrown).as(place).isTrue();
        assertThat(handled).as(place).isBetween(2L, 3L).isEqualTo(calls.get()); // what was handled stays so
        assertThat(bus.shutdown(Duration.ofSeconds(1)).returned()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Gate.ask", "Gate.askAgain", "InMemoryIdempotencyStore.claim", "PermittedCall.begin",
            "Guard.begin", "PermittedCall.ended", "CircuitBreaker.record", "InMemoryIdempotencyStore.complete"})
    void single_deliveries_end(String place) throws InterruptedException {
        assertAllEnd(place, s -> s.on(Order.class, order -> calls.incrementAndGet()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Gate.ask", "Gate.askAgain", "InMemoryIdempotencyStore.claim", "PermittedCall.begin",
            "Guard.begin", "PermittedCall.ended", "CircuitBreaker.record", "InMemoryIdempotencyStore.complete"})
    void batches_end(String place) throws InterruptedException {
        assertAllEnd(place,
                s -> s.handleBatch(Order.class, 4, Duration.ofMillis(1), batch -> calls.addAndGet(batch.size())));
    }
}
