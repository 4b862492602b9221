/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.EventBus;
import dev.eventbus.EventBusBuilder;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.deadletter.RedriveReport;
import dev.eventbus.fixture.HookedRuntime;
import dev.eventbus.fixture.Threads;
import dev.eventbus.observe.CloseReport;
import dev.eventbus.observe.ReturnedDelivery;
import dev.eventbus.observe.ReturnedDelivery.State;
import dev.eventbus.observe.Signal;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.subscribe.Ordering;
import dev.eventbus.subscribe.Subscription;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a shutdown says of the lanes is so, and stays so. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class LaneShutdownExactnessTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final HookedRuntime runtime = new HookedRuntime();
    private final Gate gate = new Gate();
    private final List<Object> log = new CopyOnWriteArrayList<>();

    private EventBusBuilder builder(RetryPolicy retry) {
        return EventBus.builder("b").clocks(runtime).runtime(runtime).retry(retry);
    }

    static Stream<Ordering> orderings() {
        return Stream.of(Ordering.serial(), Ordering.byKey(), Ordering.unordered(1));
    }

    private void pass() {
        try {
            gate.pass();
        } catch (InterruptedException interrupted) {
            log.add("interrupted");
        }
    }

    @ParameterizedTest
    @MethodSource("orderings")
    @Rule({"S-1", "S-2"})
    void a_delivery_whose_handler_has_failed_but_has_no_outcome_is_no_waiting_one(Ordering ordering)
            throws InterruptedException {
        EventBus bus = builder(RetryPolicy.never()).observe(signal -> {
            if (signal instanceof Signal.AttemptFailed) {
                pass();
            }
        }).build();
        Subscription open = bus.subscribe("s", s -> s.on(String.class, text -> {
            throw new IOException("no");
        }).ordering(ordering));
        bus.publish("x");
        gate.awaitReached();

        CloseReport report = bus.shutdown(Duration.ZERO);
        boolean overWhileObserved = open.closeAndAwait(Duration.ZERO);
        gate.open();

        assertThat(report.returned()).extracting(ReturnedDelivery::state).containsExactly(State.RUNNING);
        assertThat(overWhileObserved).isFalse();
        assertThat(open.closeAndAwait(LONG)).isTrue();
        assertThat(bus.drain(LONG)).isTrue();
        runtime.awaitThreads();
        assertThat(log).isEmpty(); // an interrupt is the handler's
    }

    @ParameterizedTest
    @MethodSource("orderings")
    @Rule({"S-1", "S-2"})
    void after_a_shutdown_close_and_await_waits_for_a_handler_that_ignores_its_interrupt(Ordering ordering)
            throws InterruptedException {
        EventBus bus = builder(RetryPolicy.never()).build();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Subscription open = bus.subscribe("s", s -> s.on(String.class, text -> {
            begun.countDown();
            ignoreInterrupts(end);
            log.add("over");
        }).ordering(ordering));
        bus.publish("x");
        Latches.await(begun, "the handler");

        assertThat(bus.shutdown(Duration.ZERO).returned()).extracting(ReturnedDelivery::state)
                .containsExactly(State.RUNNING);

        assertThat(open.closeAndAwait(Duration.ZERO)).isFalse();
        FutureTask<Boolean> closing = Threads.start(() -> open.closeAndAwait(LONG) && log.contains("over"));
        end.countDown();
        assertThat(Threads.result(closing, "the end of the handler")).isTrue();
    }

    private static void ignoreInterrupts(CountDownLatch end) {
        while (end.getCount() > 0) {
            try {
                Latches.await(end, "the test's end");
            } catch (InterruptedException deaf) {
                // Goes on.
            }
        }
    }

    @Test
    @Rule({"S-1", "X-3"})
    void a_handler_that_redrives_while_the_bus_closes_gets_a_report() throws InterruptedException {
        RecordedSignals signals = new RecordedSignals();
        EventBus bus = builder(RetryPolicy.never()).observe(signals).build();
        bus.subscribe("broken", s -> s.on(String.class, text -> {
            throw new IOException("no");
        }));
        bus.subscribe("s", s -> s.on(Integer.class, n -> {
            gate.pass();
            log.add(bus.deadLetters().redrive(DeadLetterQuery.all()));
        }));
        bus.publish("x");
        assertThat(bus.drain(LONG)).isTrue();
        bus.publish(1);
        gate.awaitReached();
        FutureTask<CloseReport> closing = Threads.start(() -> bus.shutdown(LONG));
        signals.await(Signal.ShutdownBegun.class);

        gate.open();

        assertThat(Threads.result(closing, "the report").returned()).isEmpty();
        assertThat(log).containsExactly(new RedriveReport(0, 0, 1)); // its turn might never come
    }
}
