/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.EventBus;
import dev.eventbus.EventBusBuilder;
import dev.eventbus.contract.Events.Created;
import dev.eventbus.fixture.HookedRuntime;
import dev.eventbus.fixture.Threads;
import dev.eventbus.observe.CloseReport;
import dev.eventbus.publish.Receipt;
import dev.eventbus.publish.ScheduleFullException;
import dev.eventbus.publish.ScheduledPublish;
import dev.eventbus.spi.BusRuntime;
import dev.eventbus.subscribe.Dispatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Scheduled publishes on real threads, which block, race, fail and cannot be started. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(120)
class ScheduledAdversityTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int ROUNDS = 2_000;

    private final HookedRuntime runtime = new HookedRuntime();
    private final List<Object> log = new CopyOnWriteArrayList<>();
    private final Gate gate = new Gate();

    private EventBusBuilder builder() {
        return EventBus.builder("b").dispatch(Dispatch.synchronous()).clocks(runtime).runtime(runtime);
    }

    /** How one scheduled publish has come to its end. */
    private enum End {
        PUBLISHED, REJECTED, CANCELLED
    }

    /** Waits for the end. */
    private static End endOf(ScheduledPublish scheduled) {
        CountDownLatch ended = new CountDownLatch(1);
        AtomicReference<End> end = new AtomicReference<>(End.PUBLISHED);
        CompletionStage<Receipt> unused = scheduled.completion().whenComplete((receipt, thrown) -> {
            if (thrown != null) {
                end.set(thrown.getCause() instanceof CancellationException ? End.CANCELLED : End.REJECTED);
            }
            ended.countDown();
        });
        Threads.await(ended, "the end of " + scheduled);
        assertThat(scheduled.isDone()).isTrue();
        assertThat(scheduled.isCancelled()).isEqualTo(end.get() == End.CANCELLED);
        return end.get();
    }

    @Test
    @Rule("P-7")
    void a_publish_that_blocks_delays_those_after_it_in_one_thread_and_these_count_against_the_limit()
            throws InterruptedException {
        AtomicInteger starts = new AtomicInteger();
        runtime.atStart(thread -> starts.addAndGet(thread.equals("eventbus-b-scheduled") ? 1 : 0));
        EventBus bus = builder().scheduledLimit(100).build();
        CountDownLatch all = new CountDownLatch(101);
        bus.subscribe(Integer.class, "s", number -> {
            if (number == 0) {
                gate.pass();
            }
            log.add(number);
            all.countDown();
        });
        bus.publishAfter(Duration.ZERO, 0);
        gate.awaitReached();
        List<Integer> expected = new ArrayList<>(List.of(0));
        for (int i = 1; i <= 100; i++) {
            bus.publishAfter(Duration.ZERO, i);
            expected.add(i);
        }

        assertThatThrownBy(() -> bus.publishAfter(Duration.ZERO, 101)).isInstanceOf(ScheduleFullException.class);
        gate.open();
        Latches.await(all, "the last one");

        assertThat(log).isEqualTo(expected);
        assertThat(starts).hasValue(1);
        runtime.awaitThreads(); // none is left, neither of the timers
    }

    @Test
    @Rule({"P-7", "M-1"})
    void no_thread_is_left_when_the_last_one_was_cancelled_or_withdrawn() {
        EventBus bus = builder().build();
        bus.publishAfter(DAY, "cancelled").cancel();
        bus.publishAfter(DAY, "withdrawn");
        bus.publishAfter(DAY, "withdrawn too");

        assertThat(bus.shutdown(LONG).scheduled()).hasSize(2);

        runtime.awaitThreads();
    }

    @Test
    @Rule("P-7")
    void drain_does_not_wait_for_what_is_scheduled() throws InterruptedException {
        EventBus bus = builder().build();
        bus.publishAfter(DAY, "x");

        assertThat(bus.drain(Duration.ZERO)).isTrue();

        bus.close();
    }

    /* ---------------- races ---------------- */

    @Test
    @Rule("P-7")
    void of_cancel_and_publish_exactly_one_wins() {
        EventBus bus = builder().build();
        AtomicInteger handled = new AtomicInteger();
        bus.subscribe(Integer.class, "s", number -> handled.incrementAndGet());
        int published = 0;
        for (int round = 0; round < ROUNDS; round++) {
            ScheduledPublish scheduled = bus.publishAfter(Duration.ofNanos(round % 50 * 1_000), round);
            List<Boolean> cancelled = Threads.together(2, i -> scheduled::cancel);

            End end = endOf(scheduled);

            assertThat(cancelled.stream().filter(won -> won).count()).as("round " + round)
                    .isEqualTo(end == End.CANCELLED ? 1 : 0);
            published += end == End.PUBLISHED ? 1 : 0;
        }
        runtime.awaitThreads();
        assertThat(handled).hasValue(published);
        assertThat(bus.inspect().metrics().scheduled()).isZero();
    }

    @Test
    @Rule({"P-7", "S-1"})
    void of_shutdown_cancel_and_publish_exactly_one_wins() {
        for (int round = 0; round < ROUNDS / 4; round++) {
            EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).build();
            AtomicInteger handled = new AtomicInteger();
            bus.subscribe(Integer.class, "s", number -> handled.incrementAndGet());
            List<ScheduledPublish> scheduled = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                scheduled.add(bus.publishAfter(i % 2 == 0 ? DAY : Duration.ofNanos(i * 1_000), i));
            }

            // Both go through them in the same order, so that they meet.
            List<Integer> taken = Threads.together(3, i -> i == 0
                    ? () -> (int) scheduled.stream().filter(ScheduledPublish::cancel).count()
                    : () -> bus.shutdown(LONG).scheduled().size());
            List<End> ends = scheduled.stream().map(ScheduledAdversityTest::endOf).toList();

            assertThat(taken.get(1)).as("two callers of a shutdown in round " + round).isEqualTo(taken.get(2));
            assertThat(Collections.frequency(ends, End.CANCELLED)).as("round " + round)
                    .isEqualTo(taken.get(0) + taken.get(1));
            assertThat(handled).as("round " + round).hasValue(Collections.frequency(ends, End.PUBLISHED));
        }
    }

    /* ---------------- failures ---------------- */

    @Test
    @Rule({"P-7", "D-5"})
    void an_error_that_ends_the_thread_does_not_end_those_that_wait_for_their_turns() throws InterruptedException {
        EventBus bus = builder().build();
        CountDownLatch next = new CountDownLatch(1);
        bus.subscribe(Created.class, "fatal", created -> {
            gate.pass();
            throw new InternalError("planted");
        });
        bus.subscribe(String.class, "next", text -> next.countDown());
        ScheduledPublish fatal = bus.publishAfter(Duration.ZERO, new Created("INV-1"));
        gate.awaitReached();
        bus.publishAfter(Duration.ZERO, "next");

        try (CapturedLog lines = CapturedLog.of("dev.eventbus")) {
            gate.open();
            Latches.await(next, "the next one");

            assertThat(lines.lines()).contains("WARN bus 'b': the publish of an event (InvoiceCreated) that was due "
                    + fatal.due() + " failed: java.lang.InternalError");
        }
        assertThat(runtime.takeUncaught()).isInstanceOf(InternalError.class).hasMessage("planted");
        runtime.awaitThreads();
    }

    @Test
    @Rule("P-7")
    void an_interrupt_that_a_handler_leaves_behind_does_not_reach_the_next_publish() throws InterruptedException {
        EventBus bus = builder().build();
        CountDownLatch both = new CountDownLatch(2);
        bus.subscribe(Integer.class, "s", number -> {
            if (number == 1) {
                gate.pass();
            }
            log.add(Thread.currentThread().isInterrupted());
            Thread.currentThread().interrupt();
            both.countDown();
        });
        bus.publishAfter(Duration.ZERO, 1);
        gate.awaitReached();
        bus.publishAfter(Duration.ZERO, 2);
        gate.open();

        Latches.await(both, "the second");

        assertThat(log).containsExactly(false, false);
    }

    @Test
    @Rule({"P-7", "T-1"})
    void who_gets_no_thread_to_wait_for_its_moment_is_told_so_and_others_are_not_harmed() {
        runtime.breakNextStart("-timers");
        EventBus bus = builder().scheduledLimit(1).build();
        bus.subscribe(String.class, "s", log::add);

        assertThatThrownBy(() -> bus.publishAfter(Duration.ZERO, "x")).isInstanceOf(IllegalStateException.class)
                .hasMessage("planted: start");

        assertThat(bus.inspect().metrics().scheduled()).isZero();
        assertThat(endOf(bus.publishAfter(Duration.ZERO, "y"))).isEqualTo(End.PUBLISHED);
        assertThat(log).containsExactly("y");
    }

    @Test
    @Rule({"P-7", "T-1"})
    void when_no_thread_can_be_started_at_the_moment_it_is_tried_again_and_the_order_stays() {
        runtime.breakNextStart("-scheduled");
        runtime.atPark(thread -> runtime.jump(thread.endsWith("-timers") ? Duration.ofSeconds(1) : Duration.ZERO));
        EventBus bus = builder().build();
        bus.subscribe(Integer.class, "s", log::add);

        try (CapturedLog lines = CapturedLog.of("dev.eventbus")) {
            bus.publishAfter(Duration.ZERO, 1);
            ScheduledPublish last = bus.publishAfter(Duration.ofSeconds(3), 2);

            assertThat(endOf(last)).isEqualTo(End.PUBLISHED);

            assertThat(lines.lines())
                    .containsExactly("ERROR bus 'b': no thread could be started for scheduled publishes: "
                            + "java.lang.IllegalStateException: planted: start; it is tried again in PT1S, mend the runtime");
        }
        assertThat(log).containsExactly(1, 2);
        runtime.awaitThreads();
    }

    @Test
    @Rule({"P-7", "T-1", "S-1"})
    void what_was_put_off_for_want_of_a_thread_can_be_cancelled_and_is_withdrawn() throws InterruptedException {
        CountDownLatch parked = new CountDownLatch(1);
        runtime.atStart(thread -> {
            if (thread.endsWith("-scheduled")) {
                throw new IllegalStateException("planted: start");
            }
        });
        runtime.atPark(thread -> parked.countDown());
        EventBus bus = builder().build();
        try (CapturedLog lines = CapturedLog.of("dev.eventbus")) {
            ScheduledPublish first = bus.publishAfter(Duration.ZERO, 1);
            bus.publishAfter(Duration.ZERO, 2);
            Latches.await(parked, "the wait for another try");

            assertThat(first.cancel()).isTrue();
            CloseReport report = bus.shutdown(LONG);

            assertThat(report.scheduled()).hasSize(1);
            assertThat(lines.lines()).isNotEmpty();
            runtime.awaitThreads();
        }
    }

    @Test
    @Rule({"P-7", "T-1"})
    void a_thread_of_the_timers_that_cannot_be_woken_keeps_nothing_from_being_cancelled() throws InterruptedException {
        CountDownLatch parked = new CountDownLatch(1);
        runtime.atPark(thread -> parked.countDown());
        EventBus bus = EventBus.builder("b").clocks(runtime).runtime(new Unwakeable(runtime)).build();
        ScheduledPublish scheduled = bus.publishAfter(DAY, "x");
        Latches.await(parked, "the wait of the timers");

        try (CapturedLog lines = CapturedLog.of("dev.eventbus")) {
            assertThat(scheduled.cancel()).isTrue();

            assertThat(endOf(scheduled)).isEqualTo(End.CANCELLED);
            assertThat(lines.lines()).containsExactly("ERROR bus 'b': the thread of the timers could not be woken: "
                    + "java.lang.IllegalStateException: planted: unpark; mend the runtime");
        }
    }

    /** A runtime that wakes nobody. */
    private record Unwakeable(BusRuntime runtime) implements BusRuntime {
        @Override
        public void parkUntil(long monotonicNanos) {
            runtime.parkUntil(monotonicNanos);
        }

        @Override
        public void unpark(Thread thread) {
            throw new IllegalStateException("planted: unpark");
        }

        @Override
        public void interrupt(Thread thread) {
            runtime.interrupt(thread);
        }

        @Override
        public void start(String name, Runnable task) {
            runtime.start(name, task);
        }
    }

    @Test
    @Rule({"P-7", "S-1"})
    void one_that_is_withdrawn_just_when_it_is_scheduled_leaves_no_thread() {
        CountDownLatch starting = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        runtime.atStart(thread -> {
            starting.countDown();
            Threads.await(closed, "the shutdown");
        });
        EventBus bus = builder().build();
        FutureTask<ScheduledPublish> scheduling = Threads.start(() -> bus.publishAfter(DAY, "x"));
        Threads.await(starting, "the start of the timers");

        CloseReport report = bus.shutdown(LONG);
        closed.countDown();

        assertThat(report.scheduled()).hasSize(1);
        assertThat(Threads.result(scheduling, "the call").isCancelled()).isTrue();
        runtime.awaitThreads();
    }
}
