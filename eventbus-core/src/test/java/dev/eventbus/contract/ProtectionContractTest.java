/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.EventBus;
import dev.eventbus.breaker.CircuitBreakerPolicy;
import dev.eventbus.breaker.CircuitState;
import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.deadletter.DeadLetterReason;
import dev.eventbus.error.ConfigurationException;
import dev.eventbus.idempotency.IdempotencyPolicy;
import dev.eventbus.policy.FailureAction;
import dev.eventbus.policy.RateLimit;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.Outcome;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.publish.Receipt;
import dev.eventbus.subscribe.Delivery;
import dev.eventbus.subscribe.Dispatch;
import dev.eventbus.subscribe.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is asked before each attempt, with the threads and clocks of the machine; the test kit has the rest. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class ProtectionContractTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final CircuitBreakerPolicy ONE_FAILURE = CircuitBreakerPolicy.failureRate(1).window(1)
            .minimumCalls(1)
            .openFor(Duration.ofDays(1));

    private final EventBus bus = EventBus.builder("b").retry(RetryPolicy.never()).build();
    private final Gate gate = new Gate();
    private final List<String> log = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        gate.open();
        bus.shutdown(Duration.ZERO);
    }

    private void handle(String text) {
        log.add(text);
        if (text.startsWith("bad")) {
            throw new IllegalStateException("planted");
        }
    }

    @Test
    @Rule("B-1")
    void an_open_breaker_keeps_the_lane_until_it_closes() throws InterruptedException {
        bus.subscribe("s", s -> s.on(String.class, this::handle).circuitBreaker(ONE_FAILURE));
        bus.publish("bad").await(LONG);
        Receipt kept = bus.publish("good");
        assertThat(bus.circuitBreaker("s").state()).isEqualTo(CircuitState.OPEN);
        assertThat(bus.inspect().health().isUp()).isFalse();

        bus.circuitBreaker("s").reset();

        assertThat(kept.await(LONG).outcomes()).containsEntry("s", Outcome.HANDLED);
        assertThat(log).containsExactly("bad", "good");
    }

    @Test
    @Rule({"B-1", "S-1"})
    void what_a_breaker_keeps_beyond_the_deadline_keeps_no_shutdown_waiting() throws InterruptedException {
        bus.subscribe("s", s -> s.on(String.class, this::handle).circuitBreaker(ONE_FAILURE));
        bus.publish("bad").await(LONG);
        bus.publish("good");

        assertThat(bus.shutdown(LONG).returned()).hasSize(1);
        assertThat(log).containsExactly("bad");
    }

    @Test
    @Rule("B-1")
    void in_the_callers_thread_it_gives_up() {
        bus.subscribe("s", s -> s.on(String.class, this::handle).circuitBreaker(ONE_FAILURE)
                .dispatch(Dispatch.synchronous()));
        bus.publish("bad");
        bus.publish("good");

        assertThat(bus.deadLetters().find(DeadLetterQuery.all())).extracting(DeadLetter::reason)
                .containsExactly(DeadLetterReason.ATTEMPTS_EXHAUSTED, DeadLetterReason.CIRCUIT_OPEN);
        assertThat(log).containsExactly("bad");
    }

    @Test
    @Rule("I-1")
    void two_threads_with_one_key_handle_it_once() throws InterruptedException {
        bus.subscribe("s", s -> s.on(String.class, text -> {
            gate.pass();
            log.add(text);
        }).idempotent(IdempotencyPolicy.byKey(String.class, text -> "same", Duration.ofDays(1)))
                .dispatch(Dispatch.synchronous()));
        Thread first = Thread.ofVirtual().start(() -> bus.publish("first"));
        gate.awaitReached();
        Thread second = Thread.ofVirtual().start(() -> bus.publish("second"));
        gate.open();
        first.join(LONG);
        second.join(LONG);

        assertThat(log).containsExactly("first");
        assertThat(bus.inspect().metrics().subscriptions().get("s").duplicates()).isEqualTo(1);
    }

    @Test
    @Rule({"D-2", "I-1"})
    void a_duplicate_asks_no_breaker_in_the_callers_thread() {
        bus.subscribe("s",
                s -> s.on(String.class, this::handle).circuitBreaker(ONE_FAILURE).dispatch(Dispatch.synchronous())
                        .idempotent(IdempotencyPolicy.byKey(String.class, text -> text, Duration.ofDays(1))));
        bus.publish("good");
        bus.publish("bad");

        assertThat(bus.publish("good").outcomes()).containsEntry("s", Outcome.DUPLICATE);
    }

    @Test
    @Rule({"D-2", "D-8"})
    void an_event_whose_time_is_over_claims_nothing() throws InterruptedException {
        Subscription subscription = bus.subscribe("s", s -> s.on(String.class, this::handle)
                .idempotent(IdempotencyPolicy.byKey(String.class, text -> "same", Duration.ofDays(1))));
        subscription.pause();
        Receipt expired = bus.publish("first", PublishOptions.options().expiresAfter(Duration.ofNanos(1)));
        Receipt handled = bus.publish("second");
        subscription.resume();

        assertThat(expired.await(LONG).outcomes()).containsEntry("s", Outcome.EXPIRED);
        assertThat(handled.await(LONG).outcomes()).containsEntry("s", Outcome.HANDLED);
    }

    @Test
    @Rule("D-8")
    void a_batch_that_fails_is_halved() throws InterruptedException {
        Subscription subscription = bus.subscribe("s", s -> s.handleBatch(String.class, 4, Duration.ZERO, batch -> {
            List<String> texts = batch.stream().map(Delivery::payload).toList();
            log.add(String.join("+", texts));
            if (texts.contains("bad")) {
                throw new IllegalStateException("planted");
            }
        }));
        subscription.pause();
        for (String text : List.of("a", "b", "bad", "d")) {
            bus.publish(text);
        }
        subscription.resume();
        bus.drain(LONG);

        assertThat(log).containsExactly("a+b+bad+d", "a+b", "bad+d", "bad", "d");
        assertThat(bus.deadLetters().size()).isEqualTo(1);
    }

    @Test
    @Rule("D-8")
    void a_failure_that_stops_leaves_the_event_first() throws InterruptedException {
        Subscription subscription = bus.subscribe("s", s -> s.on(String.class, text -> {
            log.add(text);
            if (log.size() == 1) {
                throw new IllegalStateException("planted");
            }
        }).onFailure(IllegalStateException.class, FailureAction.STOP));
        bus.publish("a");
        Receipt second = bus.publish("b");
        bus.drain(LONG);
        assertThat(subscription.isPaused()).isTrue();

        subscription.resume();

        assertThat(second.await(LONG).outcomes()).containsEntry("s", Outcome.HANDLED);
        assertThat(log).containsExactly("a", "a", "b");
    }

    @Test
    @Rule("D-8")
    void what_no_dispatcher_could_do_is_refused() {
        assertThatThrownBy(() -> bus.subscribe("s", s -> s.on(String.class, this::handle)
                .dispatch(Dispatch.synchronous()).rateLimit(RateLimit.of(1, Duration.ofSeconds(1)))))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("rateLimit cannot govern");
    }
}
