/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.eventbus.EventBus;
import dev.eventbus.deadletter.SequencePolicy;
import dev.eventbus.fixture.HookedRuntime;
import dev.eventbus.fixture.Threads;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.BusClosedException;
import dev.eventbus.publish.Receipt;
import dev.eventbus.publish.WouldDeadlockException;
import dev.eventbus.subscribe.Ordering;
import dev.eventbus.subscribe.Overflow;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who waits for room gets what there is, and is told at once where there will be none. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class RoomContractTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final HookedRuntime runtime = new HookedRuntime();
    private final Map<String, CountDownLatch> parked = new ConcurrentHashMap<>(); // by name of the thread
    private final CountDownLatch retryWaits = new CountDownLatch(1);
    private final EventBus bus = EventBus.builder("b").clocks(runtime).runtime(runtime)
            .retry(RetryPolicy.fixed(DAY).maxAttempts(2)).build();
    private final Gate gate = new Gate();

    @BeforeEach
    void watch() {
        runtime.atPark(thread -> parked(thread).countDown());
        runtime.atStart(thread -> {
            if (thread.endsWith("-timers")) {
                retryWaits.countDown();
            }
        });
    }

    @AfterEach
    void close() {
        gate.open();
        bus.shutdown(Duration.ZERO);
    }

    private CountDownLatch parked(String thread) {
        return parked.computeIfAbsent(thread, unused -> new CountDownLatch(1));
    }

    /** Starts a thread and waits until it waits for room. */
    private <T> FutureTask<T> waiting(String thread, Callable<T> publish) throws InterruptedException {
        FutureTask<T> waiting = Threads.start(() -> {
            Thread.currentThread().setName(thread);
            return publish.call();
        });
        Latches.await(parked(thread), "the wait of " + thread);
        return waiting;
    }

    @Test
    @Rule({"O-2", "M-2"})
    void publishers_of_a_key_at_its_share_keep_no_place_from_those_of_other_keys() throws InterruptedException {
        CountDownLatch others = new CountDownLatch(1);
        bus.subscribe("s", s -> s.on(String.class, text -> {
            if (text.equals("poison")) {
                gate.pass();
                throw new IOException("no");
            }
            Latches.await(others, "the end of the others");
        }).ordering(Ordering.byKey(String.class, text -> text)).buffer(4, Overflow.block(DAY))
                .sequenced(SequencePolicy.none()));
        for (String text : new String[] {"poison", "a", "b", "c"}) {
            bus.publish(text);
        }
        gate.awaitReached();
        for (int n = 1; n <= 3; n++) { // as many as places come back
            waiting("poison " + n, () -> bus.publish("poison"));
        }
        FutureTask<Receipt> other = waiting("other", () -> bus.publish("d"));

        gate.open();
        Latches.await(retryWaits, "the wait for the retry"); // from now on the key is at its share
        others.countDown();

        Receipt accepted = Threads.result(other, "a place");
        assertThat(accepted.await(LONG).isDone()).isTrue();
    }

    @Test
    @Rule({"S-1", "O-2"})
    void a_publisher_of_a_key_at_its_share_is_refused_at_once_when_a_shutdown_begins() throws InterruptedException {
        bus.subscribe("s", s -> s.on(String.class, text -> {
            throw new IOException("no");
        }).ordering(Ordering.byKey(String.class, text -> text)).buffer(4, Overflow.block(DAY))
                .sequenced(SequencePolicy.none()));
        bus.publish("poison");
        Latches.await(retryWaits, "the wait for the retry");
        FutureTask<Throwable> waiting = waiting("publisher", () -> catchThrowable(() -> bus.publish("poison")));

        bus.shutdown(Duration.ZERO);

        assertThat(Threads.result(waiting, "the refusal")).isInstanceOf(BusClosedException.class);
    }

    static Stream<Arguments> oneAtATime() {
        return Stream.of(Arguments.argumentSet("serial", Ordering.serial(), null),
                Arguments.argumentSet("unordered", Ordering.unordered(1), null),
                Arguments.argumentSet("by key", Ordering.byKey(), 1));
    }

    @ParameterizedTest
    @MethodSource("oneAtATime")
    @Rule("M-2")
    void a_handler_that_fills_the_buffer_of_its_only_worker_is_told_at_once(Ordering ordering, Integer concurrency)
            throws InterruptedException {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        bus.subscribe("s", s -> {
            s.on(String.class, text -> {
                if (text.equals("first")) {
                    bus.publish("in the reserve");
                    thrown.set(catchThrowable(() -> bus.publish("too many")));
                }
            }).ordering(ordering).buffer(1, Overflow.block(DAY));
            if (concurrency != null) {
                s.concurrency(concurrency);
            }
        });

        bus.publish("first");

        assertThat(bus.drain(LONG)).isTrue();
        assertThat(thrown.get()).isInstanceOf(WouldDeadlockException.class);
    }
}
