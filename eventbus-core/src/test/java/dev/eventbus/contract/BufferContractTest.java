/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.eventbus.EventBus;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.deadletter.DeadLetterReason;
import dev.eventbus.deadletter.SequencePolicy;
import dev.eventbus.fixture.Threads;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.BufferFullException;
import dev.eventbus.publish.Outcome;
import dev.eventbus.publish.Receipt;
import dev.eventbus.publish.WouldDeadlockException;
import dev.eventbus.spi.BusRuntime;
import dev.eventbus.subscribe.Ordering;
import dev.eventbus.subscribe.Overflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class BufferContractTest {
    private final RecordedSignals signals = new RecordedSignals();
    private final EventBus bus = EventBus.builder("b").retry(RetryPolicy.never()).observe(signals).build();
    private final Gate gate = new Gate();
    private final List<Object> handled = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        gate.open();
        bus.close();
    }

    /** The machine's runtime, which says when the bus begins to wait for a moment. */
    private static final class WatchedRuntime implements BusRuntime {
        private final CountDownLatch timersStarted = new CountDownLatch(1);

        @Override
        public void parkUntil(long monotonicNanos) {
            BusRuntime.system().parkUntil(monotonicNanos);
        }

        @Override
        public void unpark(Thread thread) {
            BusRuntime.system().unpark(thread);
        }

        @Override
        public void interrupt(Thread thread) {
            BusRuntime.system().interrupt(thread);
        }

        @Override
        public void start(String name, Runnable task) {
            BusRuntime.system().start(name, task);
            if (name.endsWith("-timers")) {
                timersStarted.countDown();
            }
        }
    }

    /** A serial subscription whose first delivery hangs at the gate. */
    private void subscribe(int places, Overflow overflow) {
        bus.subscribe("s", s -> s.on(Integer.class, this::handle).buffer(places, overflow));
    }

    private void handle(int n) throws InterruptedException {
        if (n == 1) {
            gate.pass();
        }
        handled.add(n);
    }

    private List<Receipt> publish(int from, int to) {
        List<Receipt> receipts = new ArrayList<>();
        for (int n = from; n <= to; n++) {
            receipts.add(bus.publish(n));
            if (n == 1) {
                gate.awaitReached();
            }
        }
        return receipts;
    }

    private void letGo() throws InterruptedException {
        gate.open();
        assertThat(bus.drain(Duration.ofSeconds(30))).isTrue();
    }

    @Test
    @Rule({"M-1", "P-2"})
    void reject_refuses_the_event_for_all_subscriptions() throws InterruptedException {
        subscribe(2, Overflow.REJECT);
        bus.subscribe(Integer.class, "other", n -> handled.add("other " + n));
        publish(1, 2);

        assertThatThrownBy(() -> bus.publish(3)).isInstanceOf(BufferFullException.class)
                .hasMessageContaining("'s' is full (places=2, waited=PT0S)");

        letGo();
        assertThat(handled).containsExactlyInAnyOrder(1, 2, "other 1", "other 2");
        assertThat(bus.inspect().metrics().rejected()).isEqualTo(1);
    }

    @Test
    @Rule("M-2")
    void block_waits_for_a_place_and_gives_up_after_its_time() throws InterruptedException {
        subscribe(1, Overflow.block(Duration.ofMillis(1)));
        publish(1, 1);

        assertThatThrownBy(() -> bus.publish(2)).isInstanceOf(BufferFullException.class);

        letGo();
        assertThat(handled).containsExactly(1);
    }

    @Test
    @Rule("M-2")
    void a_publisher_that_waits_goes_on_when_a_place_comes_back() throws InterruptedException {
        subscribe(1, Overflow.block(Duration.ofSeconds(30)));
        publish(1, 1);
        FutureTask<Receipt> waiting = Threads.start(() -> bus.publish(2));

        gate.open();

        assertThat(Threads.result(waiting, "the place").await(Duration.ofSeconds(30)).isDone()).isTrue();
        assertThat(handled).containsExactly(1, 2);
    }

    @Test
    @Rule("M-2")
    void an_interrupt_ends_the_wait_for_a_place_and_stays_set() {
        subscribe(1, Overflow.block(Duration.ofSeconds(30)));
        publish(1, 1);
        Thread.currentThread().interrupt();

        Throwable thrown = catchThrowable(() -> bus.publish(2));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(thrown).isInstanceOf(BufferFullException.class);
    }

    @Test
    @Rule({"D-1", "M-1"})
    void drop_newest_and_drop_oldest_say_which_delivery_they_drop() throws InterruptedException {
        subscribe(3, Overflow.DROP_NEWEST);
        List<Receipt> newest = publish(1, 5);

        assertThat(newest.get(3).outcomes()).containsEntry("s", Outcome.DROPPED);
        assertThat(newest.get(4).outcomes()).containsEntry("s", Outcome.DROPPED);
        letGo();
        assertThat(handled).containsExactly(1, 2, 3);
    }

    @Test
    @Rule({"D-1", "M-1"})
    void drop_oldest_spares_what_has_begun() throws InterruptedException {
        subscribe(3, Overflow.DROP_OLDEST);
        List<Receipt> receipts = publish(1, 5);

        assertThat(receipts.get(1).outcomes()).containsEntry("s", Outcome.DROPPED);
        assertThat(receipts.get(2).outcomes()).containsEntry("s", Outcome.DROPPED);
        letGo();
        assertThat(handled).containsExactly(1, 4, 5);
        assertThat(bus.inspect().metrics().subscriptions().get("s").dropped()).isEqualTo(2);
    }

    @Test
    @Rule("D-1")
    void drop_oldest_drops_the_new_one_where_all_have_begun() throws InterruptedException {
        subscribe(1, Overflow.DROP_OLDEST);
        List<Receipt> receipts = publish(1, 2);

        assertThat(receipts.get(1).outcomes()).containsEntry("s", Outcome.DROPPED);
        letGo();
        assertThat(handled).containsExactly(1);
    }

    @Test
    @Rule({"X-1", "M-1"})
    void dead_letter_keeps_what_finds_no_place_with_the_key_of_its_subscription() throws InterruptedException {
        bus.subscribe("s", s -> s.on(Integer.class, this::handle).ordering(Ordering.byKey(Integer.class, n -> n % 10))
                .buffer(1, Overflow.DEAD_LETTER));
        List<Receipt> receipts = publish(1, 2);

        assertThat(receipts.get(1).outcomes()).containsEntry("s", Outcome.DEAD_LETTERED);
        assertThat(bus.deadLetters().find(DeadLetterQuery.all())).singleElement().satisfies(letter -> {
            assertThat(letter.reason()).isEqualTo(DeadLetterReason.OVERFLOW);
            assertThat(letter.key()).isEqualTo("2");
            assertThat(letter.attempts()).isEmpty();
        });
        letGo();
        assertThat(bus.deadLetters().redrive(DeadLetterQuery.all()).handled()).isEqualTo(1);
        assertThat(handled).containsExactly(1, 2);
    }

    @Test
    @Rule("M-2")
    void a_handler_that_fills_its_own_serial_lane_is_told_at_once() throws InterruptedException {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        bus.subscribe("s", s -> s.on(String.class, text -> {
            if (text.equals("first")) {
                bus.publish("in the reserve");
                thrown.set(catchThrowable(() -> bus.publish("too many")));
            }
        }).buffer(1, Overflow.block(Duration.ofDays(1))));

        bus.publish("first");

        assertThat(bus.drain(Duration.ofSeconds(30))).isTrue();
        assertThat(thrown.get()).isInstanceOf(WouldDeadlockException.class)
                .hasMessageContaining("'s' is full (places=1)");
        assertThat(bus.inspect().metrics().rejected()).isEqualTo(1);
    }

    @Test
    @Rule("M-2")
    void a_handler_cannot_await_what_waits_behind_it() throws InterruptedException {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        bus.subscribe("s", s -> s.on(Integer.class, n -> {
            if (n == 1) {
                Receipt behind = bus.publish(2);
                thrown.set(catchThrowable(() -> behind.await(Duration.ofDays(1))));
            }
        }));

        bus.publish(1);

        assertThat(bus.drain(Duration.ofSeconds(30))).isTrue();
        assertThat(thrown.get()).isInstanceOf(WouldDeadlockException.class);
    }

    @Test
    @Rule({"O-2", "M-2"})
    void a_key_that_waits_for_a_retry_holds_no_more_than_its_share() throws InterruptedException {
        WatchedRuntime runtime = new WatchedRuntime();
        EventBus retrying = EventBus.builder("r").retry(RetryPolicy.fixed(Duration.ofDays(1)).maxAttempts(2))
                .runtime(runtime).build();
        retrying.subscribe("s", s -> s.on(String.class, text -> {
            if (text.startsWith("poison")) {
                throw new IllegalStateException("planted");
            }
            handled.add(text);
        }).ordering(Ordering.byKey(String.class, text -> text.substring(0, 3))).buffer(8, Overflow.REJECT)
                .sequenced(SequencePolicy.none()));

        retrying.publish("poison 1");
        Latches.await(runtime.timersStarted, "the wait for the retry");
        retrying.publish("poison 2");

        assertThatThrownBy(() -> retrying.publish("poison 3")).isInstanceOf(BufferFullException.class)
                .hasMessageContaining("keyShare=2");
        assertThat(retrying.publish("def").await(Duration.ofSeconds(30)).isDone()).isTrue();
        assertThat(retrying.shutdown(Duration.ZERO).returned()).hasSize(2);
    }
}
