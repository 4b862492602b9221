/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.EventBus;
import dev.eventbus.fixture.Threads;
import dev.eventbus.observe.CloseReport;
import dev.eventbus.observe.Signal;
import dev.eventbus.observe.SubscriptionMetrics;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.BusClosedException;
import dev.eventbus.publish.Receipt;
import dev.eventbus.subscribe.Delivery;
import dev.eventbus.subscribe.Dispatch;
import dev.eventbus.subscribe.Ordering;
import dev.eventbus.subscribe.Overflow;
import dev.eventbus.subscribe.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who looks at lanes, or carries what is in them elsewhere, sees what there is. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class LaneObserverTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final RecordedSignals signals = new RecordedSignals();
    private final EventBus bus = EventBus.builder("b").retry(RetryPolicy.never()).observe(signals).build();
    private final Gate gate = new Gate();
    private final List<Object> log = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        gate.open();
        bus.close();
    }

    static Stream<Dispatch> dispatches() {
        return Stream.of(Dispatch.virtualThreads(), Dispatch.synchronous());
    }

    private SubscriptionMetrics metrics() {
        return bus.inspect().metrics().subscriptions().get("s");
    }

    @ParameterizedTest
    @MethodSource("dispatches")
    @Rule({"P-1", "P-6", "D-7"})
    void an_observer_that_answers_every_end_with_an_event_comes_to_an_end(Dispatch dispatch)
            throws InterruptedException {
        EventBus[] answering = new EventBus[1];
        AtomicInteger answers = new AtomicInteger();
        answering[0] = EventBus.builder("a").dispatch(dispatch).maxDepth(5).observe(signal -> {
            if (signal instanceof Signal.Handled && answers.incrementAndGet() < 100) {
                answering[0].publish("answer");
            }
        }).build();
        answering[0].subscribe("s", s -> s.onEvent(String.class, d -> log.add(d.event().metadata().depth())));

        answering[0].publish("x");

        assertThat(answering[0].drain(LONG)).isTrue();
        assertThat(log).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(answers).hasValue(6); // the last of them too deep
        answering[0].close();
    }

    @Test
    @Rule("P-1")
    void threads_of_either_kind_carry_the_delivery_of_a_lane() throws InterruptedException {
        bus.subscribe("s", s -> s.onEvent(Integer.class, delivery -> {
            Callable<String> look = bus.wrapCall(this::describeCurrent);
            Thread platform = Thread.ofPlatform().start(bus.wrap(() -> log.add("platform " + describeCurrent())));
            platform.join();
            FutureTask<String> virtual = new FutureTask<>(look);
            Thread.ofVirtual().start(virtual);
            log.add("virtual " + virtual.get());
            log.add("own " + describeCurrent());
        }));

        bus.publish(7);

        assertThat(bus.drain(LONG)).isTrue();
        assertThat(log).containsExactly("platform s 7 1", "virtual s 7 1", "own s 7 1");
        assertThat(bus.currentDelivery()).isEmpty();
        Callable<String> outside = this::describeCurrent;
        assertThat(bus.wrapCall(outside)).isSameAs(outside);
    }

    private String describeCurrent() {
        Delivery<?> now = bus.currentDelivery().orElseThrow();
        return now.subscription() + " " + now.event().payload() + " " + now.attempt();
    }

    @Test
    @Rule({"P-1", "S-1"})
    void what_carries_a_delivery_publishes_during_a_shutdown_while_that_is_open_and_not_after()
            throws InterruptedException {
        AtomicReference<Callable<Receipt>> carried = new AtomicReference<>();
        bus.subscribe("s", s -> s.onEvent(Integer.class, delivery -> {
            carried.set(bus.wrapCall(() -> bus.publish("follows")));
            gate.pass();
        }));
        bus.subscribe("t",
                s -> s.onEvent(String.class, delivery -> log.add(delivery.event().metadata().causationId())));
        Receipt first = bus.publish(1);
        gate.awaitReached();
        FutureTask<CloseReport> closing = Threads.start(() -> bus.shutdown(LONG));
        signals.await(Signal.ShutdownBegun.class);

        assertThatThrownBy(() -> bus.publish("from outside")).isInstanceOf(BusClosedException.class);
        Receipt follows = Threads.result(Threads.start(carried.get()), "the publish");
        gate.open();

        assertThat(Threads.result(closing, "the report").returned()).isEmpty();
        assertThat(follows.isDone()).isTrue();
        assertThat(log).containsExactly(first.eventId());
        assertThatThrownBy(() -> carried.get().call()).isInstanceOf(BusClosedException.class);
    }

    @Test
    @Rule({"D-1", "M-1"})
    void what_is_in_flight_dropped_and_handled_adds_up() throws InterruptedException {
        bus.subscribe("s", s -> s.on(Integer.class, n -> gate.pass()).buffer(2, Overflow.DROP_NEWEST));
        bus.subscribe("sync", s -> s.on(Integer.class, log::add).dispatch(Dispatch.synchronous()));
        for (int n = 1; n <= 5; n++) {
            bus.publish(n);
        }
        gate.awaitReached();

        assertThat(metrics().inFlight()).isEqualTo(2);
        assertThat(metrics().dropped()).isEqualTo(3);
        assertThat(metrics().settled()).isEqualTo(3);
        assertThat(bus.inspect().metrics().subscriptions().get("sync").inFlight()).isZero();
        gate.open();
        assertThat(bus.drain(LONG)).isTrue();
        assertThat(metrics().inFlight()).isZero();
        assertThat(metrics().handled()).isEqualTo(2);
        assertThat(metrics().settled()).isEqualTo(5);
    }

    @Test
    @Rule({"D-1", "S-2"})
    void what_waits_in_a_paused_or_closed_subscription_is_in_flight_until_it_is_cancelled()
            throws InterruptedException {
        Subscription open = bus.subscribe(Integer.class, "s", log::add);
        open.pause();
        Receipt receipt = bus.publish(1);
        bus.publish(2);
        assertThat(metrics().inFlight()).isEqualTo(2);
        assertThat(bus.drain(LONG)).isTrue();

        assertThat(open.closeAndAwait(LONG)).isTrue();

        assertThat(receipt.isDone()).isTrue();
        assertThat(signals.of(Signal.Ended.class)).hasSize(2);
        assertThat(log).isEmpty();
    }

    @Test
    @Rule("D-4")
    void handlers_that_run_on_are_counted_as_abandoned_until_they_return() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(2);
        CountDownLatch end = new CountDownLatch(1);
        bus.subscribe("s", s -> s.on(Integer.class, n -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException expected) {
                interrupted.countDown();
                Latches.await(end, "the end");
            }
        }).timeout(Duration.ofMillis(5)).ordering(Ordering.unordered(2)));
        bus.publish(1);
        bus.publish(2);
        Latches.await(interrupted, "both interrupts");

        assertThat(metrics().abandoned()).isEqualTo(2);
        assertThat(metrics().timedOut()).isEqualTo(2);
        assertThat(metrics().inFlight()).isEqualTo(2);
        assertThat(metrics().settled()).isZero();
        end.countDown();
        assertThat(bus.drain(LONG)).isTrue();
        assertThat(metrics().abandoned()).isZero();
        assertThat(metrics().inFlight()).isZero();
        assertThat(metrics().deadLettered()).isEqualTo(2);
    }
}
