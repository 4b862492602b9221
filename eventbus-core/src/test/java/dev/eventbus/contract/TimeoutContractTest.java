/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.EventBus;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.observe.Signal;
import dev.eventbus.observe.SubscriptionMetrics;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.Outcome;
import dev.eventbus.publish.Receipt;
import dev.eventbus.subscribe.HandlerTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class TimeoutContractTest {
    private final RecordedSignals signals = new RecordedSignals();
    private final List<Object> log = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);

    private EventBus bus(RetryPolicy retry) {
        return EventBus.builder("b").retry(retry).observe(signals).build();
    }

    @AfterEach
    void letGo() {
        end.countDown();
    }

    @Test
    @Rule({"D-4", "X-1"})
    void a_handler_is_interrupted_at_the_timeout_and_its_attempt_has_failed() throws InterruptedException {
        EventBus bus = bus(RetryPolicy.fixed(Duration.ZERO).maxAttempts(2));
        bus.subscribe("s", s -> s.onEvent(Integer.class, delivery -> {
            log.add(delivery.attempt());
            end.await();
        }).timeout(Duration.ofMillis(5)));

        Receipt receipt = bus.publish(1).await(Duration.ofSeconds(30));

        assertThat(receipt.outcomes()).containsEntry("s", Outcome.DEAD_LETTERED);
        assertThat(log).containsExactly(1, 2);
        assertThat(bus.deadLetters().find(DeadLetterQuery.all())).singleElement().satisfies(letter -> assertThat(
                letter.attempts()).allSatisfy(attempt -> {
                    assertThat(attempt.failureClass()).isEqualTo(HandlerTimeoutException.class.getName());
                    assertThat(attempt.duration()).isEqualTo(Duration.ofMillis(5));
                }));
        assertThat(bus.inspect().metrics().subscriptions().get("s").timedOut()).isEqualTo(2);
        bus.close();
    }

    @Test
    @Rule({"D-4", "O-1"})
    void a_handler_that_runs_on_is_abandoned_and_its_key_stays_closed_until_it_ends() throws InterruptedException {
        EventBus bus = bus(RetryPolicy.never());
        bus.subscribe("s", s -> s.on(Integer.class, n -> {
            if (n == 1) {
                awaitEndDeaf();
            }
            log.add(n);
        }).timeout(Duration.ofMillis(5)));

        Receipt first = bus.publish(1);
        Receipt second = bus.publish(2);
        Latches.await(interrupted, "the interrupt");

        SubscriptionMetrics now = bus.inspect().metrics().subscriptions().get("s");
        assertThat(now.abandoned()).isEqualTo(1);
        assertThat(now.timedOut()).isEqualTo(1);
        assertThat(first.isDone() || second.isDone()).isFalse();
        end.countDown();
        assertThat(second.await(Duration.ofSeconds(30)).outcomes()).containsEntry("s", Outcome.HANDLED);
        assertThat(first.outcomes()).containsEntry("s", Outcome.DEAD_LETTERED); // its late success was ignored
        assertThat(log).containsExactly(1, 2);
        assertThat(bus.inspect().metrics().subscriptions().get("s").abandoned()).isZero();
        assertThat(bus.drain(Duration.ofSeconds(30))).isTrue();
        bus.close();
        signals.await(Signal.TimedOut.class); // told apart from the timers, so perhaps later
        assertThat(signals.of(Signal.TimedOut.class)).hasSize(1);
    }

    private void awaitEndDeaf() {
        boolean over = false;
        while (!over) {
            try {
                end.await();
                over = true;
            } catch (InterruptedException ignored) {
                interrupted.countDown();
            }
        }
    }

    @Test
    @Rule("D-4")
    void a_slow_handler_is_told_once_with_its_stack() throws InterruptedException {
        EventBus bus = bus(RetryPolicy.never());
        CountDownLatch told = new CountDownLatch(1);
        try (CapturedLog captured = CapturedLog.of("dev.eventbus")) {
            bus.subscribe("s",
                    s -> s.on(Integer.class, n -> awaitToldSlowly(told)).warnIfSlowerThan(Duration.ofMillis(5)));
            bus.publish(1);
            signals.await(Signal.SlowHandler.class);
            told.countDown();
            assertThat(bus.drain(Duration.ofSeconds(30))).isTrue();

            assertThat(captured.lines()).singleElement().asString().contains("subscription 's' is slow",
                    "awaitToldSlowly");
        }
        bus.close();
    }

    private static void awaitToldSlowly(CountDownLatch told) throws InterruptedException {
        told.await();
    }
}
