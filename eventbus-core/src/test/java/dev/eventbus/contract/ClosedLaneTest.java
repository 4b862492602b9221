/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.EventBus;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.Outcome;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.publish.Receipt;
import dev.eventbus.subscribe.Dispatch;
import dev.eventbus.subscribe.Ordering;
import dev.eventbus.subscribe.Subscription;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What waits in a subscription that was closed is cancelled, whatever else keeps its lanes waiting. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class ClosedLaneTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Gate gate = new Gate();
    private final EventBus bus = EventBus.builder("b").build();

    @AfterEach
    void close() {
        gate.open();
        bus.shutdown(Duration.ZERO);
    }

    static Stream<Ordering> orderings() {
        return Stream.of(Ordering.serial(), Ordering.byKey(), Ordering.unordered(1));
    }

    private Receipt publish(String text) {
        return bus.publish(text, PublishOptions.options().key("k"));
    }

    @ParameterizedTest
    @MethodSource("orderings")
    @Rule("S-2")
    void a_pause_after_the_close_keeps_nothing_waiting(Ordering ordering) throws InterruptedException {
        Subscription open = bus.subscribe("s", s -> s.on(String.class, text -> gate.pass()).ordering(ordering));
        Receipt running = publish("x");
        Receipt behind = publish("y");
        gate.awaitReached();

        open.close();
        open.pause();
        gate.open();

        assertThat(behind.await(LONG).outcomes()).containsEntry("s", Outcome.CANCELLED);
        assertThat(running.await(LONG).outcomes()).containsEntry("s", Outcome.HANDLED);
        assertThat(open.closeAndAwait(LONG)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("orderings")
    @Rule({"S-2", "O-3"})
    void close_and_await_in_a_synchronous_handler_does_not_wait_for_the_event_of_that_handler(Ordering ordering)
            throws InterruptedException {
        AtomicReference<Boolean> closed = new AtomicReference<>();
        Subscription open = bus.subscribe("s", s -> s.on(String.class, text -> {}).ordering(ordering));
        bus.subscribe("sync", s -> s.on(String.class, text -> closed.set(open.closeAndAwait(LONG)))
                .dispatch(Dispatch.synchronous()).retry(RetryPolicy.never()));

        Receipt receipt = publish("x").await(LONG);

        assertThat(closed.get()).isTrue();
        assertThat(receipt.outcomes()).containsEntry("s", Outcome.CANCELLED).containsEntry("sync", Outcome.HANDLED);
    }
}
