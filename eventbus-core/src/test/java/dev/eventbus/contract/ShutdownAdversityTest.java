/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.contract;

import static dev.eventbus.contract.Latches.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.EventBus;
import dev.eventbus.fixture.HookedRuntime;
import dev.eventbus.observe.CloseReport;
import dev.eventbus.observe.ReturnedDelivery;
import dev.eventbus.observe.Signal;
import dev.eventbus.publish.BusClosedException;
import dev.eventbus.publish.Receipt;
import dev.eventbus.subscribe.Dispatch;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A shutdown ends, whoever asks for it, from wherever, and whatever breaks meanwhile. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class ShutdownAdversityTest {
    private static final Duration LONG = Duration.ofSeconds(600);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> log = new CopyOnWriteArrayList<>();

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    @Rule("S-1")
    void an_observer_that_shuts_down_at_every_signal_of_the_end_gets_an_unfinished_report() throws Exception {
        EventBus[] bus = new EventBus[1];
        CountDownLatch running = new CountDownLatch(1);
        bus[0] = EventBus.builder("b").dispatch(Dispatch.synchronous()).observe(signal -> {
            if (signal instanceof Signal.ShutdownEnded || signal instanceof Signal.Ended) {
                log.add(signal.getClass().getSimpleName() + " " + bus[0].shutdown(LONG).finished());
            }
        }).build();
        bus[0].subscribe(String.class, "stuck", text -> {
            running.countDown();
            new CountDownLatch(1).await();
        });
        Future<Receipt> publish = threads.submit(() -> bus[0].publish("x"));
        await(running, "the handler");

        CloseReport report = bus[0].shutdown(Duration.ZERO);

        assertThat(report.finished()).isTrue();
        assertThat(log).containsExactly("Ended false", "ShutdownEnded false");
        publish.get(30, TimeUnit.SECONDS);
    }

    @Test
    @Rule("S-1")
    void a_shutdown_of_an_idle_bus_by_an_observer_of_its_beginning_waits_for_nobody() {
        EventBus[] bus = new EventBus[1];
        bus[0] = EventBus.builder("b").dispatch(Dispatch.synchronous()).observe(signal -> {
            if (signal instanceof Signal.ShutdownBegun) {
                log.add("finished " + bus[0].shutdown(LONG).finished());
            }
        }).build();

        assertThat(bus[0].shutdown(LONG).finished()).isTrue();

        assertThat(log).containsExactly("finished true");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    @Rule({"S-1", "T-1"})
    void a_clock_that_throws_during_a_shutdown_does_not_keep_the_report_back(int read) {
        FragileRuntime runtime = new FragileRuntime();
        EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).clocks(runtime).build();
        runtime.breakClockAt(read);
        try {
            bus.shutdown(LONG);
        } catch (IllegalStateException planted) {
            log.add("thrown");
        }
        runtime.breakClockAt(Integer.MAX_VALUE);

        assertThat(bus.shutdown(LONG).finished()).isTrue();
    }

    @Test
    @Rule({"S-1", "T-1"})
    void a_runtime_that_cannot_interrupt_one_thread_leaves_no_other_running() throws Exception {
        FragileRuntime runtime = new FragileRuntime();
        EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).clocks(runtime).runtime(runtime).build();
        CountDownLatch running = new CountDownLatch(2);
        CountDownLatch closed = new CountDownLatch(1);
        bus.subscribe(String.class, "stuck", text -> {
            running.countDown();
            try {
                await(closed, "the report");
            } catch (InterruptedException interrupted) {
                log.add("interrupted");
            }
            assertThatThrownBy(() -> bus.publish(1)).isInstanceOf(BusClosedException.class);
            log.add("refused");
        });
        Future<Receipt> one = threads.submit(() -> bus.publish("x"));
        Future<Receipt> other = threads.submit(() -> bus.publish("y"));
        await(running, "the handlers");
        runtime.breakNextInterrupt();

        CloseReport report = bus.shutdown(Duration.ZERO);
        closed.countDown();
        one.get(30, TimeUnit.SECONDS);
        other.get(30, TimeUnit.SECONDS);

        assertThat(report.returned()).hasSize(2);
        assertThat(log).containsOnlyOnce("interrupted").contains("refused");
    }

    @Test
    @Rule("S-1")
    void those_who_wait_are_back_before_continuations_of_the_report_have_ended() throws Exception {
        HookedRuntime runtime = new HookedRuntime();
        EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).clocks(runtime).runtime(runtime).build();
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch waits = new CountDownLatch(1);
        runtime.atPark(name -> waits.countDown());
        CompletableFuture<CloseReport> closed = new CompletableFuture<>();
        bus.subscribe(String.class, "s", text -> {
            var unused = bus.shutdown(LONG).completion().thenRun(() -> log.add("closed " + closed.join().finished()));
            asked.countDown();
            await(waits, "the other's wait"); // else the other might find all over, and run the continuation itself
        });
        Future<?> closing = threads.submit(() -> {
            await(asked, "the shutdown");
            return closed.complete(bus.shutdown(LONG));
        });

        bus.publish("x");

        closing.get(30, TimeUnit.SECONDS);
        assertThat(log).containsExactly("closed true");
    }

    @Test
    @Rule("S-1")
    void handlers_of_two_buses_in_one_thread_are_both_interrupted() throws Exception {
        EventBus outer = EventBus.builder("outer").dispatch(Dispatch.synchronous()).build();
        EventBus inner = EventBus.builder("inner").dispatch(Dispatch.synchronous()).build();
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch cut = new CountDownLatch(1);
        inner.subscribe(Integer.class, "inner", n -> {
            running.countDown();
            while (cut.getCount() > 0) {
                try {
                    await(cut, "both reports");
                } catch (InterruptedException deaf) {
                    log.add("inner");
                }
            }
        });
        outer.subscribe(String.class, "outer", text -> {
            inner.publish(1);
            assertThatThrownBy(() -> new CountDownLatch(1).await()).isInstanceOf(InterruptedException.class);
            log.add("outer");
        });
        Future<Boolean> publish = threads.submit(() -> {
            outer.publish("x");
            return Thread.currentThread().isInterrupted();
        });
        await(running, "the inner handler");

        outer.shutdown(Duration.ZERO);
        inner.shutdown(Duration.ZERO);
        cut.countDown();

        assertThat(publish.get(30, TimeUnit.SECONDS)).isFalse();
        assertThat(log).endsWith("outer");
    }

    @Test
    @Rule("S-1")
    void an_interrupt_that_the_caller_had_before_it_published_survives_a_cut() throws Exception {
        EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).build();
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch cut = new CountDownLatch(1);
        bus.subscribe(String.class, "s", text -> {
            running.countDown();
            while (cut.getCount() > 0) {
                Thread.onSpinWait(); // neither waits nor clears the flag
            }
        });
        Future<Boolean> publish = threads.submit(() -> {
            Thread.currentThread().interrupt();
            bus.publish("x");
            return Thread.interrupted();
        });
        await(running, "the handler");

        List<ReturnedDelivery> returned = bus.shutdown(Duration.ZERO).returned();
        cut.countDown();

        assertThat(returned).hasSize(1);
        assertThat(publish.get(30, TimeUnit.SECONDS)).isTrue();
    }
}
