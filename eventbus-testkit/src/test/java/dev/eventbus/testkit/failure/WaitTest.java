/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.idempotency.IdempotencyPolicy;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.subscribe.Ordering;
import dev.eventbus.testkit.TestEventBus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A wait of a lane ends for its own reason, and not for that of an earlier one. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class WaitTest {
    private record Order(int number) {}

    private final List<Long> attempts = new ArrayList<>();
    private boolean down;

    private void handle(TestEventBus bus) {
        attempts.add(bus.time().elapsed().toSeconds());
        if (down) {
            throw new IllegalStateException("down");
        }
    }

    @Test
    void a_backoff_after_a_wait_for_the_claim_of_another_delivery_is_kept() {
        try (TestEventBus bus = TestEventBus.create()) {
            RetryPolicy slow = RetryPolicy.fixed(Duration.ofSeconds(30)).maxAttempts(3);
            IdempotencyPolicy one = IdempotencyPolicy.byKey(Order.class, order -> "k", Duration.ofHours(1));
            bus.subscribe("s", s -> s.on(Order.class, order -> {
                if (order.number() == 1) {
                    bus.sleep(Duration.ofSeconds(5));
                    throw new IllegalArgumentException("bad");
                }
                handle(bus);
            }).ordering(Ordering.byKey()).idempotent(one)
                    .retry(slow.abortOn(IllegalArgumentException.class)));
            down = true;
            bus.publish(new Order(1), PublishOptions.options().key("a"));
            bus.publish(new Order(2), PublishOptions.options().key("b"));
            bus.advance(Duration.ofMinutes(5));
            assertThat(attempts).containsExactly(5L, 35L, 65L);
            bus.recorded().expectFailuresOf("s");
        }
    }

    @Test
    void a_backoff_is_not_cut_short_by_the_end_of_a_gathering_that_ended_early() {
        try (TestEventBus bus = TestEventBus.create()) {
            bus.subscribe("s", s -> s.handleBatch(Order.class, 2, Duration.ofSeconds(10), batch -> handle(bus))
                    .retry(RetryPolicy.fixed(Duration.ofSeconds(30)).maxAttempts(2)));
            down = true;
            bus.publish(new Order(1));
            bus.runUntilIdle();
            bus.publish(new Order(2));
            bus.advance(Duration.ofMinutes(5));
            assertThat(attempts).containsExactly(0L, 0L, 30L, 30L, 60L);
            bus.recorded().expectFailuresOf("s");
        }
    }
}
