/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.EventBus;
import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.deadletter.FailedAttempt;
import dev.eventbus.fixture.Threads;
import dev.eventbus.observe.ReturnedDelivery;
import dev.eventbus.observe.Signal;
import dev.eventbus.policy.RetryAfter;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.subscribe.Dispatch;
import dev.eventbus.subscribe.HandlerFailedException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Deliveries with more failed attempts than their history keeps: numbers go on all the same. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class LongHistoryTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int LAST = 120;
    private static final RetryPolicy OFTEN = RetryPolicy.fixed(Duration.ZERO).maxAttempts(LAST);

    private final List<Integer> numbers = new CopyOnWriteArrayList<>();

    static Stream<Dispatch> dispatches() {
        return Stream.of(Dispatch.synchronous(), Dispatch.virtualThreads());
    }

    @ParameterizedTest
    @MethodSource("dispatches")
    @Rule({"D-3", "X-1"})
    void a_redrive_numbers_on_where_the_letter_ended(Dispatch dispatch) throws InterruptedException {
        try (EventBus bus = EventBus.builder("b").dispatch(dispatch).retry(OFTEN).build()) {
            bus.subscribe("s", s -> s.onEvent(String.class, delivery -> {
                numbers.add(delivery.attempt());
                throw new IOException("no");
            }));
            bus.publish("x");
            assertThat(bus.drain(LONG)).isTrue();

            bus.deadLetters().redrive(DeadLetterQuery.all());

            assertThat(numbers).hasSize(2 * LAST).doesNotHaveDuplicates().last().isEqualTo(2 * LAST);
            DeadLetter letter = bus.deadLetters().find(DeadLetterQuery.all()).get(0);
            assertThat(letter.attempts()).hasSize(100).last().extracting(FailedAttempt::number).isEqualTo(2 * LAST);
        }
    }

    @Test
    @Rule("D-6")
    void what_is_thrown_to_the_publisher_names_all_attempts() {
        try (EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).retry(OFTEN).build()) {
            bus.subscribe("s", s -> s.on(String.class, text -> {
                throw new IOException("no");
            }).propagate());

            assertThatThrownBy(() -> bus.publish("x")).isInstanceOfSatisfying(HandlerFailedException.class,
                    thrown -> assertThat(thrown.attempts()).isEqualTo(LAST));
        }
    }

    @Test
    @Rule("S-1")
    void a_shutdown_returns_a_synchronous_delivery_with_all_its_attempts() {
        ManualTime time = new ManualTime();
        EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).clocks(time).runtime(time).build();
        bus.subscribe("s", s -> s.onEvent(String.class, delivery -> {
            if (delivery.attempt() == LAST) {
                bus.shutdown(Duration.ofSeconds(1));
            }
            throw new IOException("no");
        }).retry(RetryPolicy.fixed(Duration.ofSeconds(2)).maxAttempts(1_000).maxElapsed(Duration.ofDays(1))));
        time.onWait(time::runStarted);

        bus.publish("x");

        assertThat(bus.shutdown(LONG).returned()).singleElement().extracting(ReturnedDelivery::attempts)
                .isEqualTo(LAST);
    }

    @Test
    @Rule("S-1")
    void a_shutdown_returns_a_delivery_in_a_lane_with_all_its_attempts() {
        CountDownLatch waits = new CountDownLatch(1);
        EventBus bus = EventBus.builder("b").observe(signal -> {
            if (signal instanceof Signal.RetryScheduled next && next.nextAttempt() == LAST + 1) {
                waits.countDown();
            }
        }).build();
        bus.subscribe("s", s -> s.onEvent(String.class, delivery -> {
            throw new Busy(delivery.attempt() < LAST ? Duration.ZERO : Duration.ofMinutes(30));
        }).retry(RetryPolicy.fixed(Duration.ofMinutes(45)).maxAttempts(1_000)));
        bus.publish("x");
        Threads.await(waits, "the wait that the failure asks for");

        assertThat(bus.shutdown(Duration.ofMillis(1)).returned()).singleElement().extracting(ReturnedDelivery::attempts)
                .isEqualTo(LAST);
    }

    /** Knows when the next attempt makes sense. */
    private static final class Busy extends Exception implements RetryAfter {
        private static final long serialVersionUID = 1L;

        private final Duration after;

        Busy(Duration after) {
            this.after = after;
        }

        @Override
        public Duration retryAfter() {
            return after;
        }
    }
}
