/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.contract;

import static dev.eventbus.contract.Latches.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.EventBus;
import dev.eventbus.EventBusBuilder;
import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.deadletter.DeadLetterReason;
import dev.eventbus.deadletter.DeadLetterStore;
import dev.eventbus.deadletter.Parking;
import dev.eventbus.deadletter.RedriveReport;
import dev.eventbus.deadletter.Sequence;
import dev.eventbus.event.EventEnvelope;
import dev.eventbus.idempotency.IdempotencyPolicy;
import dev.eventbus.idempotency.IdempotencyStore;
import dev.eventbus.observe.BusObserver;
import dev.eventbus.observe.CloseReport;
import dev.eventbus.observe.ReturnedDelivery;
import dev.eventbus.observe.Signal;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.BusClosedException;
import dev.eventbus.publish.InvalidEventException;
import dev.eventbus.publish.Outcome;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.publish.Receipt;
import dev.eventbus.spi.Clocks;
import dev.eventbus.subscribe.Dispatch;
import dev.eventbus.subscribe.HandlerFailedException;
import dev.eventbus.subscribe.Subscription;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where two promises meet: redrive and propagation, shutdown and observers, cut and whoever is at work, broken clocks.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class InterplayContractTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private boolean broken = true;

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    private static EventBusBuilder builder() {
        return EventBus.builder("b").dispatch(Dispatch.synchronous()).retry(RetryPolicy.never());
    }

    private static long settled(EventBus bus) {
        return bus.inspect().metrics().subscriptions().values().stream().mapToLong(m -> m.settled()).sum();
    }

    @Test
    @Rule({"X-3", "D-6"})
    void a_redriven_handler_that_publishes_into_a_propagating_subscription_is_handled_once_and_the_batch_goes_on() {
        EventBus bus = builder().build();
        bus.subscribe(String.class, "s", text -> {
            if (broken) {
                throw new IOException("no");
            }
            log.add(text);
            bus.publish(1);
        });
        bus.subscribe("p", s -> s.on(Integer.class, n -> {
            throw new IOException("p");
        }).propagate());
        bus.publish("x");
        bus.publish("y");
        broken = false;

        assertThatThrownBy(() -> bus.deadLetters().redrive(DeadLetterQuery.all()))
                .isInstanceOf(HandlerFailedException.class)
                .satisfies(thrown -> assertThat(thrown.getSuppressed()).hasSize(1));

        assertThat(log).containsExactly("x", "y");
        assertThat(bus.deadLetters().size()).isZero();
    }

    @Test
    @Rule({"O-3", "X-3"})
    void what_follows_from_a_redrive_in_a_carried_task_does_not_overtake_the_event_around_it() {
        EventBus bus = builder().build();
        bus.subscribe(String.class, "dead", text -> {
            if (broken) {
                throw new IOException("no");
            }
            bus.publish(2);
        });
        bus.publish("x");
        broken = false;
        bus.subscribe(Integer.class, "h1", n -> {
            if (n == 1) {
                bus.wrap(() -> bus.deadLetters().redrive(DeadLetterQuery.all())).run();
            }
        });
        bus.subscribe(Integer.class, "h2", n -> log.add("h2 " + n));

        bus.publish(1);

        assertThat(log).containsExactly("h2 1", "h2 2");
    }

    @Test
    @Rule("X-3")
    void a_shutdown_in_the_middle_of_a_redrive_skips_the_rest_and_says_so() {
        EventBus bus = builder().build();
        bus.subscribe(String.class, "s", text -> {
            if (broken) {
                throw new IOException("no");
            }
            bus.shutdown(LONG);
        });
        bus.publish("a");
        bus.publish("b");
        broken = false;

        assertThat(bus.deadLetters().redrive(DeadLetterQuery.all())).isEqualTo(new RedriveReport(1, 0, 1));

        assertThat(bus.deadLetters().size()).isOne();
        assertThatThrownBy(() -> bus.deadLetters().redrive(DeadLetterQuery.all().limit(1)))
                .isInstanceOf(BusClosedException.class);
    }

    @Test
    @Rule("S-1")
    void the_bus_is_closed_before_an_observer_hears_of_it() {
        EventBus[] bus = new EventBus[1];
        bus[0] = EventBus.builder("b").dispatch(Dispatch.synchronous()).observe(signal -> {
            if (signal instanceof Signal.ShutdownBegun) {
                log.add("finished " + bus[0].shutdown(Duration.ZERO).finished());
                assertThatThrownBy(() -> bus[0].publish("late")).isInstanceOf(BusClosedException.class);
                log.add("refused");
            }
        }).build();

        bus[0].shutdown(LONG);

        assertThat(log).containsExactly("finished true", "refused");
    }

    @Test
    @Rule({"S-1", "D-5"})
    void the_callers_own_interrupt_survives_a_cut() throws Exception {
        EventBus bus = builder().build();
        CountDownLatch running = new CountDownLatch(1);
        bus.subscribe(String.class, "one", text -> {
            throw new InterruptedException("the caller's");
        });
        bus.subscribe(String.class, "two", text -> {
            running.countDown();
            new CountDownLatch(1).await();
        });
        Future<Boolean> interrupted = threads.submit(() -> {
            bus.publish("x");
            return Thread.currentThread().isInterrupted();
        });
        await(running, "the second handler");

        bus.shutdown(Duration.ZERO);

        assertThat(interrupted.get(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    @Rule({"P-6", "D-7"})
    void an_observer_that_answers_unmatched_events_with_events_comes_to_an_end() {
        EventBus[] bus = new EventBus[1];
        bus[0] = EventBus.builder("b").dispatch(Dispatch.synchronous()).maxDepth(4).observe(signal -> {
            if (signal instanceof Signal.Unmatched) {
                log.add("unmatched");
                bus[0].publish("dead");
            }
        }).build();

        bus[0].publish(1);

        assertThat(log).hasSize(5);
        assertThat(bus[0].inspect().metrics().published()).isEqualTo(5);
    }

    @Test
    @Rule({"P-2", "D-7"})
    void an_observer_that_answers_rejections_with_events_comes_to_an_end() {
        EventBus[] bus = new EventBus[1];
        bus[0] = EventBus.builder("b").dispatch(Dispatch.synchronous()).observe(signal -> {
            if (signal instanceof Signal.Rejected) {
                log.add("rejected");
                bus[0].publish("alert");
            }
        }).build();
        bus[0].close();

        assertThatThrownBy(() -> bus[0].publish(1)).isInstanceOf(BusClosedException.class);

        assertThat(log).hasSize(1);
        assertThat(bus[0].inspect().metrics().rejected()).isEqualTo(2);
    }

    @Test
    @Rule("P-2")
    void an_envelope_or_a_delivery_is_no_payload() {
        EventBus bus = builder().build();
        bus.subscribe("s", s -> s.onEvent(String.class, d -> {
            assertThatThrownBy(() -> bus.publish(d)).isInstanceOf(InvalidEventException.class);
            bus.publish(d.event());
        }));

        bus.publish("x");

        assertThat(bus.deadLetters().find(DeadLetterQuery.all()).get(0).attempts().get(0).message())
                .contains("payload must be an object of yours, was an envelope or a delivery; publish its payload()");
    }

    @Test
    @Rule("D-3")
    void an_attempt_that_a_shutdown_gives_back_is_not_signalled_as_failed() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        EventBus bus = builder().observe(signal -> log.add(signal.getClass().getSimpleName())).build();
        bus.subscribe(String.class, "stuck", text -> {
            running.countDown();
            new CountDownLatch(1).await();
        });
        Future<Receipt> publish = threads.submit(() -> bus.publish("x"));
        await(running, "the handler");

        bus.shutdown(Duration.ZERO);
        publish.get(30, TimeUnit.SECONDS);

        assertThat(log).containsExactly("Published", "ShutdownBegun", "Ended", "ShutdownEnded");
    }

    @Test
    @Rule("M-1")
    void buses_of_one_builder_share_no_dead_letters() {
        EventBusBuilder builder = builder();
        EventBus one = builder.build();
        EventBus other = builder.build();
        one.subscribe(String.class, "s", text -> {
            throw new IOException("no");
        });

        one.publish("x");

        assertThat(one.deadLetters().size()).isOne();
        assertThat(other.deadLetters().size()).isZero();
    }

    @Test
    @Rule("D-7")
    void an_observer_that_opens_null_costs_no_delivery() {
        EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).observe(new BusObserver() {
            @Override
            public void onSignal(Signal signal) {
                // not of interest
            }

            @Override
            @SuppressWarnings("NullAway") // bad use on purpose
            public AttemptScope openScope(EventEnvelope<?> event, String subscription, int attempt) {
                return null;
            }
        }).build();
        bus.subscribe(String.class, "one", log::add);
        bus.subscribe(String.class, "two", log::add);

        bus.publish("x");

        assertThat(log).containsExactly("x", "x");
        assertThat(bus.deadLetters().size()).isZero();
        assertThat(bus.inspect().metrics().observerFailures()).isEqualTo(2);
    }

    @Test
    @Rule("S-2")
    void a_handler_that_closes_its_subscription_and_fails_does_not_wait_for_its_retry() {
        ManualTime time = new ManualTime();
        EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).clocks(time).runtime(time).build();
        Subscription[] own = new Subscription[1];
        own[0] = bus.subscribe(String.class, "s", text -> {
            own[0].close();
            throw new IOException("no");
        });

        assertThat(bus.publish("x").outcomes()).containsEntry("s", Outcome.CANCELLED);

        assertThat(time.waits()).isEmpty();
    }

    @Test
    @Rule("O-4")
    void a_look_at_a_receipt_in_a_handler_is_no_wait() {
        EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).build();
        bus.subscribe(Integer.class, "later", n -> {});
        bus.subscribe(String.class, "now",
                text -> log.addAll(bus.publish(1).await(Duration.ZERO).open()));

        assertThat(bus.publish("x").outcomes()).containsEntry("now", Outcome.HANDLED);

        assertThat(log).containsExactly("later");
    }

    @Test
    @Rule("D-2")
    void the_order_is_validators_filters_closed_filter_failed_handler() {
        Subscription[] second = new Subscription[1];
        EventBus bus = builder().validate(String.class, v -> log.add("validator")).build();
        bus.subscribe("first", s -> s.on(String.class, text -> {
            log.add("handler");
            second[0].close();
        }).filter(String.class, e -> log.add("filter")));
        second[0] = bus.subscribe("second", s -> s.on(String.class, log::add).filter(String.class, e -> {
            throw new IllegalStateException("undecided");
        }));

        Receipt receipt = bus.publish("x");

        assertThat(log).containsExactly("validator", "filter", "handler");
        assertThat(receipt.outcomes()).containsEntry("second", Outcome.CANCELLED); // closed comes before the failed filter
    }

    @Test
    @Rule("S-1")
    void no_delivery_reported_as_waiting_has_had_its_handler_called() throws Exception {
        for (int round = 0; round < 4_000; round++) {
            EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).build();
            AtomicBoolean called = new AtomicBoolean();
            bus.subscribe(String.class, "first", text -> {});
            bus.subscribe(String.class, "second", text -> called.set(true));
            CyclicBarrier together = new CyclicBarrier(2);
            Future<?> publisher = threads.submit(() -> {
                together.await(30, TimeUnit.SECONDS);
                try {
                    bus.publish("x");
                } catch (BusClosedException closed) {
                    return false;
                }
                return true;
            });
            together.await(30, TimeUnit.SECONDS);
            CloseReport report = bus.shutdown(Duration.ZERO);
            publisher.get(30, TimeUnit.SECONDS);
            for (ReturnedDelivery returned : report.returned()) {
                if (returned.subscription().equals("second") && returned.state() == ReturnedDelivery.State.WAITING) {
                    assertThat(called.get()).as("the handler of a waiting delivery was called, round " + round)
                            .isFalse();
                }
            }
            assertThat(settled(bus)).isEqualTo(2 * bus.inspect().metrics().published());
        }
    }

    @Test
    @Rule("S-1")
    void a_cut_does_not_interrupt_who_keeps_the_letter() throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch cut = new CountDownLatch(1);
        SlowStore store = new SlowStore(writing, cut);
        EventBus bus = builder().deadLetters(store).build();
        bus.subscribe(String.class, "s", text -> {
            throw new IOException("no");
        });
        Future<Receipt> publish = threads.submit(() -> bus.publish("x"));
        await(writing, "the store");

        CloseReport report = bus.shutdown(Duration.ZERO);
        cut.countDown();

        assertThat(report.returned()).isEmpty(); // its end was being carried out
        assertThat(publish.get(30, TimeUnit.SECONDS).outcomes()).containsEntry("s", Outcome.DEAD_LETTERED);
        assertThat(store.size()).isOne();
    }

    /** Takes its time for a letter, and does not like to be interrupted. */
    private record SlowStore(DeadLetterStore store, CountDownLatch writing,
            CountDownLatch cut) implements DeadLetterStore {
        SlowStore(CountDownLatch writing, CountDownLatch cut) {
            this(DeadLetterStore.inMemory(10), writing, cut);
        }

        @Override
        public boolean add(DeadLetter letter) {
            writing.countDown();
            try {
                await(cut, "the shutdown's report");
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
            return store.add(letter);
        }

        @Override
        public List<DeadLetter> find(DeadLetterQuery query) {
            return store.find(query);
        }

        @Override
        public java.util.Optional<DeadLetter> get(java.util.UUID id) {
            return store.get(id);
        }

        @Override
        public boolean replace(DeadLetter letter) {
            return store.replace(letter);
        }

        @Override
        public boolean remove(java.util.UUID id) {
            return store.remove(id);
        }

        @Override
        public int size() {
            return store.size();
        }

        @Override
        public Parking park(DeadLetter letter, Sequence sequence, int most) {
            return store.park(letter, sequence, most);
        }

        @Override
        public Parking parkBehind(DeadLetter letter, Sequence sequence, int most) {
            return store.parkBehind(letter, sequence, most);
        }

        @Override
        public java.util.Optional<DeadLetter> head(Sequence sequence) {
            return store.head(sequence);
        }

        @Override
        public boolean isParked(Sequence sequence) {
            return store.isParked(sequence);
        }

        @Override
        public java.util.Set<Sequence> sequences() {
            return store.sequences();
        }

        @Override
        public int capacity() {
            return store.capacity();
        }
    }

    /** Throws at one read, or at every read from then on. */
    private static final class BrokenClocks implements Clocks {
        private int readsLeft = Integer.MAX_VALUE;
        private boolean forGood;

        @Override
        public long wallMillis() {
            return read();
        }

        @Override
        public long monotonicNanos() {
            return read();
        }

        private long read() {
            readsLeft--;
            if (readsLeft == 0 || (forGood && readsLeft < 0)) {
                throw new IllegalStateException("clock");
            }
            return 1;
        }

        void mend() {
            readsLeft = Integer.MAX_VALUE;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    @Rule({"D-5", "T-1"})
    void a_clock_that_throws_at_some_read_loses_nothing_that_was_accepted(int read) {
        BrokenClocks clocks = new BrokenClocks();
        EventBus bus = builder().clocks(clocks).build();
        bus.subscribe(String.class, "bad", text -> {
            bus.publish(7);
            throw new IOException("no");
        });
        bus.subscribe(Object.class, "all", any -> log.add("" + any));

        for (boolean forGood : new boolean[] {false, true}) {
            clocks.readsLeft = read;
            clocks.forGood = forGood;
            try {
                bus.publish("x");
            } catch (IllegalStateException expected) {
                log.add("thrown");
            }
            clocks.mend();
            log.clear();
            bus.publish(99L);
            assertThat(log).as("what the next publish delivered").containsExactly("99");
            long strings = bus.inspect().metrics().subscriptions().get("bad").settled();
            assertThat(settled(bus)).isEqualTo(bus.inspect().metrics().published() + strings);
        }
    }

    @Test
    @Rule({"X-3", "D-5"})
    void a_clock_that_throws_in_a_redrive_leaves_nothing_for_the_next_publish() {
        BrokenClocks clocks = new BrokenClocks();
        EventBus bus = builder().clocks(clocks).build();
        bus.subscribe(String.class, "bad", text -> {
            if (!broken) {
                bus.publish(7);
                clocks.readsLeft = 1;
            }
            throw new IOException("no");
        });
        bus.subscribe(Integer.class, "numbers", n -> log.add("number " + n));
        bus.publish("x");
        broken = false;

        assertThatThrownBy(() -> bus.deadLetters().redrive(DeadLetterQuery.all()))
                .isInstanceOf(IllegalStateException.class);

        clocks.mend();
        log.clear();
        bus.publish(1.0);
        assertThat(log).isEmpty();
        assertThat(settled(bus)).isEqualTo(3); // two rounds of the text, and the number
    }

    @Test
    @Rule("D-1")
    void a_delivery_is_measured_with_a_clock_that_stands_at_zero_too() {
        List<Duration> sincePublish = new ArrayList<>();
        EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).clocks(new Clocks() {
            @Override
            public long wallMillis() {
                return 5;
            }

            @Override
            public long monotonicNanos() {
                return 0;
            }
        }).observe(signal -> {
            if (signal instanceof Signal.Handled handled) {
                sincePublish.add(handled.sincePublish());
            }
        }).build();
        bus.subscribe(String.class, "s", text -> {});

        bus.publish("x");

        assertThat(sincePublish).containsExactly(Duration.ZERO);
    }

    @Test
    @Rule({"I-1", "T-1"})
    void a_wait_for_a_claim_around_itself_ends_in_time_whatever_the_clock_reads() {
        ManualTime time = new ManualTime();
        time.startAt(-Duration.ofSeconds(10).toNanos()); // so that the wait ends at zero
        IdempotencyStore shared = IdempotencyStore.inMemory(10);
        PublishOptions same = PublishOptions.options().id(new UUID(7, 7));
        EventBusBuilder builder = EventBus.builder("b").dispatch(Dispatch.synchronous()).clocks(time).runtime(time)
                .idempotency(shared).retry(RetryPolicy.never());
        EventBus inner = builder.build();
        EventBus outer = builder.build();
        IdempotencyPolicy once = IdempotencyPolicy.byEventId(Duration.ofHours(1));
        inner.subscribe("s", spec -> spec.on(String.class, text -> {}).idempotent(once));
        outer.subscribe("s", spec -> spec.on(String.class, text -> inner.publish(text, same)).idempotent(once));

        outer.publish("x", same);

        assertThat(time.monotonicNanos()).isZero();
        assertThat(inner.deadLetters().find(DeadLetterQuery.all())).extracting(DeadLetter::reason)
                .containsExactly(DeadLetterReason.KEY_IN_USE);
    }
}
