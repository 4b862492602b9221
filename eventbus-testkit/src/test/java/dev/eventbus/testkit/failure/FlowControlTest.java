/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.deadletter.DeadLetterReason;
import dev.eventbus.policy.RateLimit;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.Outcome;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.publish.Receipt;
import dev.eventbus.subscribe.Dispatch;
import dev.eventbus.subscribe.Ordering;
import dev.eventbus.subscribe.Subscription;
import dev.eventbus.testkit.TestEventBus;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rate limits and times to live. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class FlowControlTest {
    private record Order(int number) {}

    private final List<Duration> begun = new ArrayList<>();

    private static PublishOptions within(Duration duration) {
        return PublishOptions.options().expiresAfter(duration);
    }

    @Test
    void attempts_begin_no_faster_than_the_rate_limit() {
        try (TestEventBus bus = TestEventBus.create()) {
            bus.subscribe("s", s -> s.on(Order.class, order -> begun.add(bus.time().elapsed()))
                    .rateLimit(RateLimit.of(2, Duration.ofSeconds(1)).burst(2)));

            for (int number = 0; number < 6; number++) {
                bus.publish(new Order(number));
            }
            bus.awaitIdle();

            assertThat(begun).containsExactly(Duration.ZERO, Duration.ZERO, Duration.ofMillis(500),
                    Duration.ofSeconds(1),
                    Duration.ofMillis(1_500), Duration.ofSeconds(2));
        }
    }

    @Test
    void retries_take_from_the_rate_too_and_keys_share_it() {
        try (TestEventBus bus = TestEventBus.create()) {
            bus.subscribe("s", s -> s.on(Order.class, order -> {
                begun.add(bus.time().elapsed());
                throw new IOException("down");
            }).ordering(Ordering.byKey(Order.class, Order::number))
                    .retry(RetryPolicy.fixed(Duration.ZERO).maxAttempts(2))
                    .rateLimit(RateLimit.of(1, Duration.ofSeconds(1)).burst(1)));

            bus.publish(new Order(1));
            bus.publish(new Order(2));
            bus.awaitIdle();

            assertThat(begun).containsExactly(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(2),
                    Duration.ofSeconds(3));
            bus.recorded().expectFailuresOf("s");
        }
    }

    @Test
    void a_token_is_not_lost_where_there_is_nothing_to_take() {
        try (TestEventBus bus = TestEventBus.create()) {
            bus.subscribe("s", s -> s.on(Order.class, order -> begun.add(bus.time().elapsed()))
                    .rateLimit(RateLimit.of(1, Duration.ofSeconds(1)).burst(1)));
            bus.publish(new Order(1));
            bus.runUntilIdle();
            bus.advance(Duration.ofSeconds(1));

            bus.publish(new Order(2));
            bus.runUntilIdle();

            assertThat(begun).containsExactly(Duration.ZERO, Duration.ofSeconds(1));
        }
    }

    @Test
    void a_wall_clock_that_jumps_lets_nothing_burst_and_nothing_expire() {
        try (TestEventBus bus = TestEventBus.create()) {
            bus.subscribe("s", s -> s.on(Order.class, order -> begun.add(bus.time().elapsed()))
                    .rateLimit(RateLimit.of(1, Duration.ofSeconds(1)).burst(1)));
            for (int number = 0; number < 3; number++) {
                bus.publish(new Order(number), within(Duration.ofMinutes(1)));
            }
            bus.runUntilIdle();

            bus.time().jumpWall(Duration.ofHours(3));
            bus.runUntilIdle();
            bus.time().jumpWall(Duration.ofHours(-6));
            bus.runUntilIdle();
            assertThat(begun).hasSize(1);
            bus.awaitIdle();

            assertThat(begun).containsExactly(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(2));
        }
    }

    @Test
    void an_event_whose_time_is_over_before_its_first_attempt_is_expired() {
        try (TestEventBus bus = TestEventBus.create()) {
            Subscription subscription = bus.subscribe("s", s -> s.on(Order.class, order -> begun.add(Duration.ZERO)));
            subscription.pause();
            Receipt late = bus.publish(new Order(1), within(Duration.ofSeconds(1)));
            Receipt later = bus.publish(new Order(2), within(Duration.ofSeconds(2)));
            bus.advance(Duration.ofSeconds(1));

            subscription.resume();
            bus.runUntilIdle();

            assertThat(late.outcomes()).containsEntry("s", Outcome.EXPIRED);
            assertThat(later.outcomes()).containsEntry("s", Outcome.HANDLED);
            assertThat(bus.eventBus().inspect().metrics().subscriptions().get("s").expired()).isEqualTo(1);
        }
    }

    @Test
    void one_that_has_failed_before_becomes_a_letter_instead() {
        try (TestEventBus bus = TestEventBus.create()) {
            bus.subscribe("s", s -> s.on(Order.class, order -> {
                begun.add(bus.time().elapsed());
                throw new IOException("down");
            }).retry(RetryPolicy.fixed(Duration.ofSeconds(1)).maxAttempts(10)));

            bus.publish(new Order(1), within(Duration.ofMillis(2_500)));
            bus.awaitIdle();

            assertThat(begun).hasSize(3);
            assertThat(bus.recorded().deadLetters()).singleElement().satisfies(letter -> {
                assertThat(letter.reason()).isEqualTo(DeadLetterReason.EXPIRED);
                assertThat(letter.attempts()).hasSize(3);
            });
            bus.recorded().expectFailuresOf("s");
        }
    }

    @Test
    void the_same_holds_in_the_callers_thread() {
        try (TestEventBus bus = TestEventBus.create()) {
            bus.subscribe("first", s -> s.on(Order.class, order -> bus.sleep(Duration.ofSeconds(1)))
                    .dispatch(Dispatch.synchronous()));
            bus.subscribe("second", s -> s.on(Order.class, order -> {
                begun.add(bus.time().elapsed());
                throw new IOException("down");
            }).dispatch(Dispatch.synchronous()).retry(RetryPolicy.fixed(Duration.ofSeconds(1)).maxAttempts(5)));

            Receipt expired = bus.publish(new Order(1), within(Duration.ofSeconds(1)));
            Receipt failed = bus.publish(new Order(2), within(Duration.ofMillis(2_500)));

            assertThat(expired.outcomes()).containsEntry("second", Outcome.EXPIRED);
            assertThat(failed.outcomes()).containsEntry("second", Outcome.DEAD_LETTERED);
            assertThat(begun).hasSize(2);
            assertThat(bus.recorded().deadLetters().getLast().reason()).isEqualTo(DeadLetterReason.EXPIRED);
            bus.recorded().expectFailuresOf("second");
        }
    }
}
