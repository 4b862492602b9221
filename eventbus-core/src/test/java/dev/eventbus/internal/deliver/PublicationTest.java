/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.deadletter.DeadLetterReason;
import dev.eventbus.error.ConfigurationException;
import dev.eventbus.fixture.Canary;
import dev.eventbus.fixture.ManualClocks;
import dev.eventbus.fixture.TestPorts;
import dev.eventbus.fixture.Threads;
import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.publish.Outcome;
import dev.eventbus.publish.Receipt;
import dev.eventbus.publish.WouldDeadlockException;
import dev.eventbus.spi.BusRuntime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PublicationTest {
    private static final Duration LONG = Duration.ofDays(1_000);

    private final ManualClocks clocks = new ManualClocks();
    private final Ports ports = TestPorts.of(clocks);

    private Publication<Object> event(int targets) {
        return Given.event(new Canary(), ports, Given.targets(targets));
    }

    @Nested
    @DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
    class settling {
        @ParameterizedTest
        @ValueSource(ints = {1, 16, 17, 40})
        void each_delivery_settles_once_and_keeps_its_first_outcome(int targets) {
            Publication<Object> event = event(targets);

            for (int i = 0; i < targets; i++) {
                assertThat(event.settle(i, Outcome.HANDLED)).isTrue();
                assertThat(event.settle(i, Outcome.CANCELLED)).isFalse();
                assertThat(event.outcome(i)).isEqualTo(Outcome.HANDLED);
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 16, 17, 40})
        void is_done_when_the_last_one_has_ended_and_not_before(int targets) {
            for (int last = 0; last < targets; last++) {
                Publication<Object> event = event(targets);
                for (int i = 0; i < targets; i++) {
                    if (i != last) {
                        event.settle(i, Outcome.HANDLED);
                    }
                }
                assertThat(event.isDone()).isFalse();
                assertThat(event.open()).containsExactly("s" + last);

                event.settle(last, Outcome.RETURNED);

                assertThat(event.isDone()).isTrue();
                assertThat(event.open()).isEmpty();
            }
        }

        @Test
        void is_done_at_once_without_targets() {
            assertThat(event(0).isDone()).isTrue();
            assertThat(event(0).outcomes()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 16, 17, 40})
        void a_claim_is_open_to_everybody_else_until_it_is_finished(int targets) {
            Publication<Object> event = event(targets);
            int last = targets - 1;

            assertThat(event.claim(last)).isTrue();
            assertThat(event.isOpen(last)).isFalse();
            assertThat(event.outcome(last)).isEqualTo(Outcome.OPEN);
            assertThat(event.claim(last)).isFalse();
            assertThat(event.settle(last, Outcome.RETURNED)).isFalse();

            event.finish(last, Outcome.DEAD_LETTERED);

            assertThat(event.outcome(last)).isEqualTo(Outcome.DEAD_LETTERED);
        }

        @Test
        void a_claimed_delivery_is_not_done() {
            Publication<Object> event = event(1);
            event.claim(0);

            assertThat(event.isDone()).isFalse();
            assertThat(event.open()).containsExactly("s0");
        }

        @Test
        void a_finish_without_a_claim_changes_nothing() {
            Publication<Object> event = event(1);

            event.finish(0, Outcome.HANDLED);

            assertThat(event.isOpen(0)).isTrue();
        }

        @Test
        void a_settled_delivery_cannot_be_claimed() {
            Publication<Object> event = event(1);
            event.settle(0, Outcome.CANCELLED);

            assertThat(event.claim(0)).isFalse();
        }

        @Test
        void of_threads_that_end_the_same_deliveries_one_wins_each() {
            Publication<Object> event = event(40);

            List<Integer> won = Threads.together(8, thread -> () -> (int) IntStream.range(0, 40)
                    .filter(i -> thread % 2 == 0 ? event.settle(i, Outcome.HANDLED) : event.claim(i)).count());

            assertThat(won.stream().mapToInt(Integer::intValue).sum()).isEqualTo(40);
        }

        @Test
        void threads_that_end_neighbours_do_not_undo_each_other() {
            for (int round = 0; round < 1_000; round++) {
                Publication<Object> event = event(2);
                Threads.together(2, thread -> () -> event.settle(thread, Outcome.HANDLED));
                assertThat(event.isDone()).isTrue();
            }
        }
    }

    @Nested
    @DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
    class leaving_out {
        @ParameterizedTest
        @ValueSource(ints = {1, 16, 17, 40})
        void a_filtered_target_is_no_delivery(int targets) {
            Publication<Object> event = event(targets);

            event.leaveOut(targets - 1);

            assertThat(event.size()).isEqualTo(targets);
            assertThat(event.deliveries()).isEqualTo(targets - 1);
            assertThat(event.outcomes()).doesNotContainKey("s" + (targets - 1)).hasSize(targets - 1);
            assertThat(event.isOpen(targets - 1)).isFalse();
        }

        @Test
        void an_event_that_all_filters_leave_out_is_done() {
            Publication<Object> event = event(2);
            event.leaveOut(0);
            event.leaveOut(1);

            assertThat(event.isDone()).isTrue();
        }

        @Test
        void what_a_filter_or_a_key_function_threw_stays_with_its_target() {
            Publication<Object> event = event(3);
            Throwable one = new IllegalStateException();
            Throwable two = new IllegalStateException();
            event.filterFailed(0, one);
            event.keyFailed(2, two);

            assertThat(event.undecided(0)).isEqualTo(new Undecided(0, DeadLetterReason.FILTER_FAILED, one, null));
            assertThat(event.undecided(1)).isNull();
            assertThat(event.undecided(2))
                    .isEqualTo(new Undecided(2, DeadLetterReason.KEY_FAILED, two, event.undecided(0)));
        }
    }

    @Nested
    @DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
    class reading {
        @ParameterizedTest
        @ValueSource(ints = {1, 16, 17, 40})
        void outcomes_stand_in_the_order_of_subscription(int targets) {
            Publication<Object> event = event(targets);
            for (int i = targets - 1; i >= 0; i--) {
                event.settle(i, Outcome.HANDLED);
            }

            assertThat(event.outcomes().keySet())
                    .containsExactlyElementsOf(IntStream.range(0, targets).mapToObj(i -> "s" + i).toList());
        }

        @Test
        void outcomes_cannot_be_changed() {
            Publication<Object> event = event(1);

            assertThatThrownBy(() -> event.outcomes().clear()).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> event.open().clear()).isInstanceOf(UnsupportedOperationException.class);
        }

        @Test
        void outcomes_are_those_of_the_moment() {
            Publication<Object> event = event(1);
            var before = event.outcomes();

            event.settle(0, Outcome.HANDLED);

            assertThat(before).containsEntry("s0", Outcome.OPEN);
            assertThat(event.outcomes()).containsEntry("s0", Outcome.HANDLED);
        }

        @Test
        void its_text_names_id_and_type_and_never_the_payload() {
            Publication<Object> event = event(1);

            assertThat(event).hasToString("Event[id=" + event.id() + ", type=order]");
        }

        @Test
        void event_and_receipt_have_one_id() {
            Publication<Object> event = event(1);

            assertThat(event.eventId()).isEqualTo(event.id()).isEqualTo(event.metadata().id());
        }
    }

    @Nested
    @DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
    class awaiting {
        @AfterEach
        void leave_no_scope() {
            Scopes.set(null);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 17})
        void wakes_when_the_last_delivery_ends(int targets) {
            CountDownLatch parked = new CountDownLatch(1);
            Publication<Object> event = Given.event(new Canary(), TestPorts.of(clocks, new Parking(until -> {
                parked.countDown();
                LockSupport.park();
            })), Given.targets(targets));

            FutureTask<Receipt> waiter = Threads.start(() -> event.await(LONG));
            Threads.await(parked, "the waiter's park");
            for (int i = 0; i < targets; i++) {
                event.settle(i, Outcome.HANDLED);
            }

            assertThat(Threads.result(waiter, "the wake-up of the waiter").isDone()).isTrue();
        }

        @Test
        void wakes_when_a_claimed_delivery_is_finished() {
            CountDownLatch parked = new CountDownLatch(1);
            Publication<Object> event = Given.event(new Canary(), TestPorts.of(clocks, new Parking(until -> {
                parked.countDown();
                LockSupport.park();
            })), Given.targets(1));
            event.claim(0);

            FutureTask<Receipt> waiter = Threads.start(() -> event.await(LONG));
            Threads.await(parked, "the waiter's park");
            event.finish(0, Outcome.DEAD_LETTERED);

            assertThat(Threads.result(waiter, "the wake-up of the waiter").isDone()).isTrue();
        }

        @Test
        void wakes_all_who_wait() {
            CountDownLatch parked = new CountDownLatch(3);
            Publication<Object> event = Given.event(new Canary(), TestPorts.of(clocks, new Parking(until -> {
                parked.countDown();
                LockSupport.park();
            })), Given.targets(1));

            List<FutureTask<Receipt>> waiters = IntStream.range(0, 3)
                    .mapToObj(i -> Threads.start(() -> event.await(LONG)))
                    .toList();
            Threads.await(parked, "the park of three waiters");
            event.settle(0, Outcome.HANDLED);

            assertThat(waiters).allSatisfy(waiter -> assertThat(Threads.result(waiter, "a wake-up")).isSameAs(event));
        }

        @Test
        void returns_itself_undone_when_the_injected_clock_reaches_the_timeout() throws InterruptedException {
            AtomicInteger parks = new AtomicInteger();
            Publication<Object> event = Given.event(new Canary(), TestPorts.of(clocks, new Parking(until -> {
                parks.incrementAndGet();
                clocks.monotonicNanos(until);
            })), Given.targets(1));

            Receipt receipt = event.await(Duration.ofHours(5));

            assertThat(receipt).isSameAs(event);
            assertThat(receipt.isDone()).isFalse();
            assertThat(parks).hasValue(1);
            assertThat(clocks.monotonicNanos()).isEqualTo(1_000_000_000L + Duration.ofHours(5).toNanos());
        }

        @Test
        void waits_on_when_it_was_woken_for_no_reason() throws InterruptedException {
            AtomicInteger parks = new AtomicInteger();
            Publication<Object> event = Given.event(new Canary(), TestPorts.of(clocks, new Parking(until -> {
                if (parks.incrementAndGet() == 5) {
                    clocks.monotonicNanos(until);
                }
            })), Given.targets(1));

            event.await(Duration.ofSeconds(1));

            assertThat(parks).hasValue(5);
        }

        @Test
        void a_wall_clock_that_jumps_does_not_end_the_wait() throws InterruptedException {
            AtomicInteger parks = new AtomicInteger();
            Publication<Object> event = Given.event(new Canary(), TestPorts.of(clocks, new Parking(until -> {
                switch (parks.incrementAndGet()) {
                    case 1 -> clocks.wallMillis(clocks.wallMillis() + Duration.ofHours(3).toMillis());
                    case 2 -> clocks.wallMillis(clocks.wallMillis() - Duration.ofHours(6).toMillis());
                    default -> clocks.monotonicNanos(until);
                }
            })), Given.targets(1));

            event.await(Duration.ofSeconds(1));

            assertThat(parks).hasValue(3);
        }

        @Test
        void only_looks_with_timeout_zero() throws InterruptedException {
            Publication<Object> event = Given.event(new Canary(), TestPorts.of(clocks, new Parking(until -> {
                throw new AssertionError("parked");
            })), Given.targets(1));

            assertThat(event.await(Duration.ZERO).isDone()).isFalse();
        }

        @Test
        void does_not_wait_for_what_is_done_even_when_interrupted() throws InterruptedException {
            Publication<Object> event = event(1);
            event.settle(0, Outcome.HANDLED);
            Thread.currentThread().interrupt();

            event.await(LONG);

            assertThat(Thread.interrupted()).isTrue();
        }

        @Test
        void ends_with_an_exception_when_interrupted() {
            Publication<Object> event = event(1);
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> event.await(LONG)).isInstanceOf(InterruptedException.class)
                    .hasMessage("interrupted while waiting for the bus; the wait changed nothing");
            assertThat(Thread.interrupted()).isFalse();
            assertThat(event.isOpen(0)).isTrue();
        }

        @Test
        void refuses_a_negative_timeout() {
            assertThatThrownBy(() -> event(1).await(Duration.ofNanos(-1))).isInstanceOf(ConfigurationException.class)
                    .hasMessage("timeout must be >= PT0S, was PT-0.000000001S");
        }

        @Test
        void refuses_to_wait_for_an_event_that_its_own_thread_has_to_handle() {
            Publication<Object> event = event(1);
            Scopes.set(new OnlyScope(event, null));

            assertThatThrownBy(() -> event.await(LONG)).isInstanceOf(WouldDeadlockException.class);
        }

        @Test
        void refuses_to_wait_for_an_event_that_an_outer_scope_has_to_handle() {
            Publication<Object> event = event(1);
            Scopes.set(new OnlyScope(event(1), new OnlyScope(event, null)));

            assertThatThrownBy(() -> event.await(LONG)).isInstanceOf(WouldDeadlockException.class);
        }
    }

    /** A scope that must bring one event to its end. */
    private record OnlyScope(Publication<?> event, DeliveryScope outer) implements DeliveryScope {
        @Override
        public Target target() {
            return event.target(0);
        }

        @Override
        public int attempt() {
            return 1;
        }

        @Override
        public boolean mustHandle(Publication<?> other) {
            return event == other;
        }

        @Override
        public boolean holds(Slot slot) {
            return false;
        }

        @Override
        public DeliveryScope carry() {
            return this;
        }
    }

    /** A runtime whose park is the test's. */
    private record Parking(LongConsumer park) implements BusRuntime {
        @Override
        public void parkUntil(long monotonicNanos) {
            park.accept(monotonicNanos);
        }

        @Override
        public void unpark(Thread thread) {
            LockSupport.unpark(thread);
        }

        @Override
        public void interrupt(Thread thread) {
            thread.interrupt();
        }

        @Override
        public void start(String name, Runnable task) {
            throw new AssertionError("a receipt starts nothing");
        }
    }
}
