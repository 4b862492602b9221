/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.contract;

import static dev.eventbus.contract.Latches.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.EventBus;
import dev.eventbus.contract.Events.Created;
import dev.eventbus.contract.Events.Paid;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.observe.CloseReport;
import dev.eventbus.observe.ReturnedDelivery;
import dev.eventbus.observe.ReturnedDelivery.State;
import dev.eventbus.observe.Signal;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.BusClosedException;
import dev.eventbus.publish.Outcome;
import dev.eventbus.publish.Receipt;
import dev.eventbus.subscribe.Dispatch;
import dev.eventbus.subscribe.SubscribeRejectedException;
import dev.eventbus.subscribe.Subscription;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(120)
class LifecycleContractTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final RecordedSignals signals = new RecordedSignals();

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    @Rule("S-1")
    void an_idle_bus_closes_at_once_and_refuses_everything_from_outside() {
        EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).observe(signals).build();
        bus.subscribe(String.class, "s", log::add);
        bus.publish("x");

        CloseReport report = bus.shutdown(LONG);

        assertThat(report.finished()).isTrue();
        assertThat(report.returned()).isEmpty();
        assertThatThrownBy(() -> bus.publish("y")).isInstanceOf(BusClosedException.class);
        assertThatThrownBy(() -> bus.subscribe(String.class, "late", log::add))
                .isInstanceOf(SubscribeRejectedException.class)
                .hasMessage("Bus 'b' rejected subscription 'late': the bus is closed; subscribe before shutdown()");
        assertThat(log).containsExactly("x");
        assertThat(signals.of(Signal.ShutdownBegun.class)).hasSize(1);
        assertThat(signals.of(Signal.ShutdownEnded.class)).hasSize(1);
    }

    @Test
    @Rule("S-1")
    void there_is_one_report_however_often_it_is_asked_for() {
        EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).build();

        CloseReport first = bus.shutdown(LONG);
        bus.close();

        assertThat(bus.shutdown(Duration.ZERO)).isSameAs(first);
        assertThat(first.completion().toCompletableFuture().join()).isSameAs(first);
    }

    @Test
    @Rule("S-1")
    void a_shutdown_waits_for_a_running_handler_and_the_chain_of_events_that_follows() throws Exception {
        EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).build();
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch refused = new CountDownLatch(1);
        bus.subscribe(Created.class, "slow", created -> {
            running.countDown();
            await(refused, "the rejection of the publish from outside");
            bus.publish(new Paid("x"));
        });
        bus.subscribe(Paid.class, "chain", paid -> log.add("chain"));

        Future<Receipt> publish = threads.submit(() -> bus.publish(new Created("x")));
        await(running, "the handler");
        Future<CloseReport> shutdown = threads.submit(() -> bus.shutdown(LONG));
        Future<?> outsider = threads.submit(() -> {
            assertThatThrownBy(() -> {
                while (true) {
                    bus.publish("from outside");
                }
            }).isInstanceOf(BusClosedException.class);
            refused.countDown();
        });

        CloseReport report = shutdown.get(30, TimeUnit.SECONDS);
        outsider.get(30, TimeUnit.SECONDS);
        assertThat(publish.get(30, TimeUnit.SECONDS).outcomes()).containsEntry("slow", Outcome.HANDLED);
        assertThat(report.returned()).isEmpty();
        assertThat(log).containsExactly("chain");
    }

    @Test
    @Rule({"S-1", "D-3"})
    void at_the_deadline_the_handler_is_interrupted_its_attempt_given_back_and_everything_left_is_listed()
            throws Exception {
        EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).observe(signals).build();
        CountDownLatch running = new CountDownLatch(1);
        bus.subscribe(Created.class, "stuck", created -> {
            bus.publish(new Paid("x"));
            running.countDown();
            new CountDownLatch(1).await();
        });
        bus.subscribe(Created.class, "next", created -> log.add("next"));
        bus.subscribe(Paid.class, "chain", paid -> log.add("chain"));

        Future<Receipt> publish = threads.submit(() -> {
            Receipt receipt = bus.publish(new Created("x"));
            assertThat(Thread.currentThread().isInterrupted()).as("an interrupt leaked into the caller").isFalse();
            return receipt;
        });
        await(running, "the handler");
        CloseReport report = bus.shutdown(Duration.ZERO);

        assertThat(report.returned()).extracting(ReturnedDelivery::subscription, ReturnedDelivery::state,
                ReturnedDelivery::attempts).containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("stuck", State.RUNNING, 0),
                        org.assertj.core.groups.Tuple.tuple("next", State.WAITING, 0),
                        org.assertj.core.groups.Tuple.tuple("chain", State.WAITING, 0));
        assertThat(publish.get(30, TimeUnit.SECONDS).outcomes()).containsEntry("stuck", Outcome.RETURNED)
                .containsEntry("next", Outcome.RETURNED);
        assertThat(log).isEmpty();
        assertThat(bus.deadLetters().size()).isZero();
        assertThat(signals.of(Signal.Ended.class)).extracting(Signal.Ended::outcome).containsOnly(Outcome.RETURNED)
                .hasSize(3);
        assertThat(bus.inspect().metrics().subscriptions().get("stuck").failedAttempts()).isZero();
    }

    @Test
    @Rule("S-1")
    void a_late_success_after_the_deadline_changes_nothing_and_a_publish_then_is_refused() throws Exception {
        EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).build();
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        bus.subscribe(String.class, "deaf", text -> {
            running.countDown();
            assertThatThrownBy(() -> new CountDownLatch(1).await()).isInstanceOf(InterruptedException.class);
            await(closed, "the report");
            assertThatThrownBy(() -> bus.publish(1)).isInstanceOf(BusClosedException.class);
            log.add("late");
        });

        Future<Receipt> publish = threads.submit(() -> bus.publish("x"));
        await(running, "the handler");
        CloseReport report = bus.shutdown(Duration.ZERO);
        closed.countDown();

        assertThat(publish.get(30, TimeUnit.SECONDS).outcomes()).containsEntry("deaf", Outcome.RETURNED);
        assertThat(report.returned()).hasSize(1);
        assertThat(log).containsExactly("late");
        assertThat(bus.inspect().metrics().subscriptions().get("deaf").handled()).isZero();
    }

    @Test
    @Rule("S-1")
    void a_delivery_that_backs_off_is_returned_with_its_failed_attempts() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).observe(signal -> {
            if (signal instanceof Signal.RetryScheduled) {
                waiting.countDown();
            }
        }).build();
        bus.subscribe("s", s -> s.on(String.class, text -> {
            throw new IOException("no");
        }).retry(RetryPolicy.fixed(LONG).maxElapsed(LONG)));

        Future<Receipt> publish = threads.submit(() -> bus.publish("x"));
        await(waiting, "the retry");
        CloseReport report = bus.shutdown(Duration.ZERO);

        assertThat(publish.get(30, TimeUnit.SECONDS).outcomes()).containsEntry("s", Outcome.RETURNED);
        assertThat(report.returned()).singleElement().satisfies(returned -> assertThat(returned.attempts()).isOne());
    }

    @Test
    @Rule("S-1")
    void a_shutdown_inside_a_delivery_returns_at_once_and_its_completion_ends_later() throws Exception {
        EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).build();
        List<CloseReport> first = new ArrayList<>();
        bus.subscribe(String.class, "closes", text -> {
            first.add(bus.shutdown(LONG));
            bus.publish(1);
            log.add("closes");
        });
        bus.subscribe(Integer.class, "chain", n -> log.add("chain"));

        bus.publish("x");

        assertThat(log).containsExactly("closes", "chain");
        assertThat(first.get(0).finished()).isFalse();
        CloseReport finished = first.get(0).completion().toCompletableFuture().get(30, TimeUnit.SECONDS);
        assertThat(finished.finished()).isTrue();
        assertThat(finished.returned()).isEmpty();
        assertThat(bus.shutdown(LONG)).isSameAs(finished);
    }

    @Test
    @Rule({"S-1", "T-1"})
    void the_deadline_waits_on_a_thread_of_the_runtime_that_ends_when_it_is_not_needed() {
        ManualTime time = new ManualTime();
        EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).clocks(time).runtime(time).build();
        List<List<String>> started = new ArrayList<>();
        bus.subscribe(String.class, "closes", text -> {
            bus.shutdown(Duration.ofSeconds(5));
            started.add(time.started());
        });
        bus.subscribe(String.class, "next", text -> log.add("next"));

        bus.publish("x");

        assertThat(started).containsExactly(List.of("eventbus-b-timers"));
        assertThat(time.started()).containsExactly("eventbus-b-timers");
        time.runStarted();
        assertThat(time.waits()).as("the waits of a thread that has nothing to wait for").isEmpty();
        assertThat(log).containsExactly("next");
    }

    @Test
    @Rule({"S-1", "T-1"})
    void a_deadline_that_comes_during_a_retry_returns_the_delivery_in_virtual_time() {
        ManualTime time = new ManualTime();
        EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).clocks(time).runtime(time).build();
        bus.subscribe("s", s -> s.on(String.class, text -> {
            bus.shutdown(Duration.ofSeconds(1));
            throw new IOException("no");
        }).retry(RetryPolicy.fixed(Duration.ofSeconds(2))));
        time.onWait(time::runStarted);

        Receipt receipt = bus.publish("x");

        assertThat(receipt.outcomes()).containsEntry("s", Outcome.RETURNED);
        assertThat(Thread.interrupted()).isFalse();
        assertThat(bus.shutdown(LONG).returned()).singleElement()
                .satisfies(r -> assertThat(r.state()).isEqualTo(State.BACKING_OFF));
    }

    @Test
    @Rule("S-1")
    void an_interrupted_caller_gets_the_report_now_and_keeps_its_interrupt() throws Exception {
        EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).build();
        CountDownLatch running = new CountDownLatch(1);
        bus.subscribe(String.class, "stuck", text -> {
            running.countDown();
            new CountDownLatch(1).await();
        });
        Future<Receipt> publish = threads.submit(() -> bus.publish("x"));
        await(running, "the handler");

        Thread.currentThread().interrupt();
        CloseReport report = bus.shutdown(LONG);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(report.returned()).hasSize(1);
        publish.get(30, TimeUnit.SECONDS);
    }

    @Test
    @Rule("S-1")
    void close_logs_what_was_left() throws Exception {
        try (CapturedLog captured = CapturedLog.of("dev.eventbus")) {
            EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).build();
            CountDownLatch running = new CountDownLatch(1);
            bus.subscribe(Created.class, "stuck", text -> {
                running.countDown();
                new CountDownLatch(1).await();
            });
            Future<Receipt> publish = threads.submit(() -> bus.publish(new Created("x")));
            await(running, "the handler");

            Thread.currentThread().interrupt();
            bus.close();

            assertThat(Thread.interrupted()).isTrue();
            Receipt receipt = publish.get(30, TimeUnit.SECONDS);
            assertThat(captured.lines()).hasSize(2);
            assertThat(captured.lines().get(0))
                    .startsWith("WARN bus 'b': closed with 1 deliveries unfinished after PT");
            assertThat(captured.lines().get(1)).isEqualTo("WARN bus 'b': unfinished: Event[id=" + receipt.eventId()
                    + ", type=InvoiceCreated] in subscription 'stuck' (RUNNING, 0 failed attempts)");
        }
    }

    @Test
    @Rule({"S-1", "D-1"})
    void shutdowns_under_load_account_for_every_accepted_delivery() throws Exception {
        for (int round = 0; round < 150; round++) {
            loadAndShutDown(round);
        }
    }

    // Four publishers at full rate; the shutdown begins at a moment that differs from round to round, by work and not
    // by waiting.
    private void loadAndShutDown(int round) throws Exception {
        EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).build();
        AtomicInteger handled = new AtomicInteger();
        AtomicLong accepted = new AtomicLong();
        CountDownLatch loaded = new CountDownLatch(4);
        bus.subscribe("s", s -> s.on(Integer.class, n -> {
            if (n % 3 == 0) {
                bus.publish("nested");
            }
            handled.incrementAndGet();
        }));
        bus.subscribe(String.class, "nested", text -> handled.incrementAndGet());
        List<Future<?>> publishers = new ArrayList<>();
        for (int p = 0; p < 4; p++) {
            publishers.add(threads.submit(() -> publishUntilClosed(bus, accepted, loaded, round)));
        }
        await(loaded, "the load");
        CloseReport report = bus.shutdown(round % 2 == 0 ? LONG : Duration.ZERO);
        for (Future<?> publisher : publishers) {
            publisher.get(30, TimeUnit.SECONDS);
        }

        long published = bus.inspect().metrics().published();
        long counted = bus.inspect().metrics().subscriptions().values().stream().mapToLong(m -> m.settled()).sum();
        assertThat(counted).as("deliveries with an outcome, round " + round).isEqualTo(published);
        assertThat(published).isGreaterThanOrEqualTo(accepted.get());
        assertThat(bus.inspect().metrics().subscriptions().values().stream().mapToLong(m -> m.returned()).sum())
                .isEqualTo(report.returned().size());
        assertThat((long) handled.get()).isGreaterThanOrEqualTo(published - report.returned().size()
                - bus.deadLetters().size());
        assertThat(bus.deadLetters().find(DeadLetterQuery.all()))
                .allSatisfy(letter -> assertThat(letter.attempts().getLast().failureClass()).contains("BusClosed"));
    }

    private static void publishUntilClosed(EventBus bus, AtomicLong accepted, CountDownLatch loaded, int round) {
        try {
            for (int n = 0;; n++) {
                bus.publish(n);
                accepted.incrementAndGet();
                if (n == round % 50) {
                    loaded.countDown();
                }
            }
        } catch (BusClosedException closed) {
            loaded.countDown();
        }
    }

    @Test
    @Rule("S-2")
    void after_close_no_attempt_begins_and_what_waited_is_cancelled() {
        EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).observe(signals).build();
        Subscription[] later = new Subscription[1];
        bus.subscribe(String.class, "first", text -> later[0].close());
        later[0] = bus.subscribe(String.class, "later", log::add);

        Receipt receipt = bus.publish("x");

        assertThat(later[0].isClosed()).isTrue();
        assertThat(log).isEmpty();
        assertThat(receipt.outcomes()).containsEntry("later", Outcome.CANCELLED);
        assertThat(signals.of(Signal.Ended.class)).hasSize(1);
        assertThat(bus.publish("y").outcomes()).containsOnlyKeys("first");
    }

    @Test
    @Rule("S-2")
    void a_handler_may_close_its_own_subscription_and_open_another_of_the_same_name() {
        EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).build();
        Subscription[] own = new Subscription[1];
        own[0] = bus.subscribe(String.class, "s", text -> {
            own[0].close();
            own[0].close();
            bus.subscribe(String.class, "s", again -> log.add("again " + again));
        });

        bus.publish("x");
        bus.publish("y");

        assertThat(log).containsExactly("again y");
    }

    @Test
    @Rule("S-2")
    void subscriptions_come_and_go_while_others_publish_and_no_stable_one_misses_an_event() throws Exception {
        EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).build();
        AtomicInteger stable = new AtomicInteger();
        bus.subscribe(Integer.class, "stable", n -> stable.incrementAndGet());
        CountDownLatch end = new CountDownLatch(2);
        List<Future<?>> work = new ArrayList<>();
        for (int p = 0; p < 2; p++) {
            work.add(threads.submit(() -> {
                for (int n = 0; n < 100_000; n++) {
                    bus.publish(n);
                }
                end.countDown();
            }));
        }
        for (int c = 0; c < 4; c++) {
            String name = "comes and goes " + c;
            work.add(threads.submit(() -> comeAndGo(bus, name, end)));
        }
        for (Future<?> each : work) {
            each.get(60, TimeUnit.SECONDS);
        }

        assertThat(stable.get()).isEqualTo(200_000);
        assertThat(bus.inspect().metrics().subscriptions().get("stable").handled()).isEqualTo(200_000);
    }

    // What this thread publishes after its own close() must not reach the handler; what others publish may have begun
    // before.
    private static void comeAndGo(EventBus bus, String name, CountDownLatch end) {
        do {
            List<Object> mine = new CopyOnWriteArrayList<>();
            Subscription subscription = bus.subscribe(name, s -> s.on(Object.class, any -> {
                if (any instanceof String text && text.startsWith(name)) {
                    mine.add(text);
                }
            }));
            bus.publish(name + " before");
            subscription.close();
            bus.publish(name + " after");
            assertThat(mine).containsExactly(name + " before");
        } while (end.getCount() > 0);
    }

    @Test
    @Rule("S-2")
    void a_subscription_opened_in_a_handler_gets_the_events_published_from_then_on() {
        EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).build();
        bus.subscribe(String.class, "opens", text -> {
            if (text.equals("x")) {
                bus.subscribe(String.class, "new", log::add);
                bus.publish("nested");
            }
        });

        bus.publish("x");

        assertThat(log).containsExactly("nested");
    }

    @Test
    @Rule("S-1")
    void a_redrive_after_the_shutdown_is_refused_and_the_letter_stays() {
        EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).retry(RetryPolicy.never()).build();
        bus.subscribe(Created.class, "s", text -> {
            throw new IOException("no");
        });
        bus.publish(new Created("x"));
        bus.close();

        assertThatThrownBy(() -> bus.deadLetters().redrive(DeadLetterQuery.all()))
                .isInstanceOf(BusClosedException.class)
                .hasMessageContaining("rejected a redrive");
        assertThat(bus.deadLetters().size()).isOne();
        assertThat(bus.deadLetters().discard(DeadLetterQuery.all(), "known")).isOne();
    }

    @Test
    @Rule("S-1")
    void a_receipt_can_be_awaited_by_another_thread() throws Exception {
        EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).build();
        CompletableFuture<Receipt> inner = new CompletableFuture<>();
        CountDownLatch go = new CountDownLatch(1);
        bus.subscribe(Paid.class, "paid", paid -> await(go, "the awaiting thread"));
        bus.subscribe(Created.class, "created", created -> inner.complete(bus.publish(new Paid("x"))));
        Future<Receipt> publish = threads.submit(() -> bus.publish(new Created("x")));

        Receipt receipt = inner.get(30, TimeUnit.SECONDS);
        assertThat(receipt.await(Duration.ZERO).open()).containsExactly("paid");
        Future<Receipt> awaited = threads.submit(() -> receipt.await(LONG));
        go.countDown();

        assertThat(awaited.get(30, TimeUnit.SECONDS).isDone()).isTrue();
        publish.get(30, TimeUnit.SECONDS);
    }
}
