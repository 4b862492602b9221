/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.eventbus.fixture.TestPorts;
import dev.eventbus.fixture.Threads;
import dev.eventbus.internal.runtime.Timers.Timer;
import dev.eventbus.spi.BusRuntime;
import dev.eventbus.spi.Clocks;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(60)
class TimersTest {
    private static final int THREADS = 4;
    private static final int EACH = 1_000;

    private final Manual manual = new Manual();
    private final Timers timers = new Timers("eventbus-b-timers", TestPorts.of(manual, manual));
    private final List<String> log = new ArrayList<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.eventbus");
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @BeforeEach
    void listen() {
        logged.start();
        logger.addAppender(logged);
        logger.setLevel(Level.WARN);
        logger.setAdditive(false);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(logged);
        logger.setLevel(null);
        logger.setAdditive(true);
    }

    private Timer note(long atNanos, String what) {
        return timers.schedule(atNanos, () -> log.add(what + " at " + manual.nanos));
    }

    @Test
    void no_thread_is_started_before_there_is_something_to_wait_for() {
        assertThat(manual.started).isEmpty();
    }

    @Test
    void tasks_run_at_their_moments_in_their_order_on_one_thread_with_the_name_given() {
        note(30, "last");
        note(10, "first");
        note(20, "second");

        assertThat(manual.started).containsExactly("eventbus-b-timers");
        manual.runStarted();

        assertThat(log).containsExactly("first at 10", "second at 20", "last at 30");
        assertThat(manual.parks).containsExactly(10L, 20L, 30L);
        assertThat(manual.started).hasSize(1);
    }

    @Test
    void tasks_of_one_moment_run_in_the_order_in_which_they_were_scheduled() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            names.add("t" + i + " at 10");
            note(10, "t" + i);
        }

        manual.runStarted();

        assertThat(log).isEqualTo(names);
        assertThat(manual.parks).containsExactly(10L);
    }

    @Test
    void a_task_whose_moment_has_passed_runs_without_a_wait() {
        manual.nanos = 50;
        note(10, "late");
        note(50, "just now");

        manual.runStarted();

        assertThat(log).containsExactly("late at 50", "just now at 50");
        assertThat(manual.parks).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE - 15, Long.MIN_VALUE, -15})
    void moments_keep_their_order_where_the_clock_overflows_or_turns_positive(long now) {
        manual.nanos = now;
        timers.schedule(now + 20, () -> log.add("second"));
        timers.schedule(now + 10, () -> log.add("first"));

        manual.runStarted();

        assertThat(log).containsExactly("first", "second");
        assertThat(manual.nanos).isEqualTo(now + 20);
    }

    @Test
    void a_thread_that_woke_for_no_reason_waits_on() {
        note(10, "task");
        manual.duringPark(1, () -> manual.permit = true);

        manual.runStarted();

        assertThat(manual.parks).containsExactly(10L, 10L);
        assertThat(log).containsExactly("task at 10");
    }

    @Test
    void the_thread_ends_when_nothing_is_left_and_the_next_task_gets_another() {
        note(10, "one");
        manual.runStarted();

        note(20, "two");

        assertThat(manual.started).hasSize(2);
        manual.runStarted();
        assertThat(log).containsExactly("one at 10", "two at 20");
    }

    @Test
    void a_task_may_schedule_the_next_one_on_the_thread_that_runs_it() {
        timers.schedule(10, () -> note(20, "next"));

        manual.runStarted();

        assertThat(log).containsExactly("next at 20");
        assertThat(manual.started).hasSize(1);
    }

    @Test
    void an_earlier_task_wakes_the_sleeper() {
        note(1_000, "later");
        manual.duringPark(1, () -> note(10, "earlier"));

        manual.runStarted();

        assertThat(manual.unparks).isEqualTo(1);
        assertThat(manual.parks).containsExactly(1_000L, 10L, 1_000L);
        assertThat(log).containsExactly("earlier at 10", "later at 1000");
        assertThat(manual.started).hasSize(1);
    }

    @Test
    void a_later_task_and_one_of_the_same_moment_let_the_sleeper_sleep() {
        note(10, "first");
        manual.duringPark(1, () -> {
            note(10, "same");
            note(20, "later");
        });

        manual.runStarted();

        assertThat(manual.unparks).isZero();
        assertThat(log).containsExactly("first at 10", "same at 10", "later at 20");
    }

    @Test
    void a_task_that_was_taken_back_does_not_run() {
        Timer timer = note(10, "cancelled");
        note(20, "other");

        timers.cancel(timer);
        manual.runStarted();

        assertThat(log).containsExactly("other at 20");
        assertThat(manual.parks).containsExactly(20L);
    }

    @Test
    void taking_the_last_task_back_ends_the_thread() {
        Timer timer = note(1_000, "cancelled");
        manual.duringPark(1, () -> timers.cancel(timer));

        manual.runStarted();

        assertThat(manual.unparks).isEqualTo(1);
        assertThat(manual.parks).containsExactly(1_000L);
        assertThat(manual.nanos).as("the clock, which nobody has waited for").isZero();
        assertThat(log).isEmpty();
        note(10, "another");
        assertThat(manual.started).hasSize(2);
    }

    @Test
    void taking_a_task_back_before_the_thread_runs_ends_it_without_a_wait() {
        timers.cancel(note(10, "cancelled"));

        manual.runStarted();

        assertThat(manual.parks).isEmpty();
        assertThat(log).isEmpty();
    }

    @Test
    void taking_one_of_several_back_lets_the_sleeper_sleep() {
        note(10, "first");
        Timer timer = note(20, "cancelled");
        manual.duringPark(1, () -> timers.cancel(timer));

        manual.runStarted();

        assertThat(manual.unparks).isZero();
        assertThat(log).containsExactly("first at 10");
    }

    @Test
    void taking_back_twice_or_too_late_does_nothing() {
        Timer cancelled = note(10, "cancelled");
        Timer ran = note(20, "ran");

        timers.cancel(cancelled);
        timers.cancel(cancelled);
        manual.runStarted();
        timers.cancel(ran);

        assertThat(log).containsExactly("ran at 20");
        assertThat(manual.unparks).isZero();
    }

    @Test
    void a_task_can_take_back_one_that_is_due_as_well() {
        List<Timer> second = new ArrayList<>();
        timers.schedule(10, () -> timers.cancel(second.get(0)));
        second.add(note(10, "cancelled"));

        manual.runStarted();

        assertThat(log).isEmpty();
    }

    @Test
    void a_task_that_was_taken_back_at_the_last_moment_does_not_run() {
        Timer timer = note(0, "cancelled");
        manual.duringClockRead(() -> timers.cancel(timer));

        manual.runStarted();

        assertThat(log).isEmpty();
    }

    @Test
    void a_task_that_throws_does_not_stop_the_others_and_is_logged() {
        timers.schedule(10, () -> {
            throw new IllegalStateException("planted");
        });
        timers.schedule(10, () -> {
            throw new StackOverflowError("planted");
        });
        note(10, "same moment");
        note(20, "later");

        manual.runStarted();

        assertThat(log).containsExactly("same moment at 10", "later at 20");
        assertThat(logged.list).hasSize(2).allSatisfy(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.ERROR);
            assertThat(event.getFormattedMessage()).startsWith("a timed task of the bus failed: java.lang.")
                    .endsWith("; mend the runtime");
        });
    }

    @Test
    void a_thread_that_could_not_be_started_is_tried_again_for_the_next_task() {
        manual.breakNextStart();

        assertThatThrownBy(() -> note(10, "first")).hasMessage("planted: start");
        note(20, "second");
        manual.runStarted();

        assertThat(log).containsExactly("second at 20"); // the first was refused, and its caller told so
        assertThat(manual.started).hasSize(1);
    }

    @Test
    void no_lock_is_held_while_a_task_runs_or_the_runtime_is_called() {
        // Another thread could not schedule otherwise, and would never come back.
        manual.duringStart(() -> Threads.result(Threads.start(() -> note(5, "by another during the start")),
                "the schedule by another thread during the start"));
        note(10, "first");
        manual.duringPark(1, () -> Threads.result(Threads.start(() -> note(15, "by another during the park")),
                "the schedule by another thread during the park"));
        timers.schedule(12, () -> Threads.result(Threads.start(() -> note(13, "by another during a task")),
                "the schedule by another thread during a task"));

        manual.runStarted();

        assertThat(log).containsExactly("by another during the start at 5", "first at 10",
                "by another during a task at 13", "by another during the park at 15");
    }

    @Test
    void of_threads_that_schedule_and_take_back_at_once_every_task_runs_once_or_was_taken_back() {
        Timers real = new Timers("eventbus-b-timers", TestPorts.system());
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch kept = new CountDownLatch(THREADS * EACH);

        Threads.together(THREADS, thread -> () -> {
            Random random = new Random(thread);
            for (int i = 0; i < EACH; i++) {
                long now = Clocks.system().monotonicNanos();
                Timer far = real.schedule(now + 3_600_000_000_000L, runs::incrementAndGet);
                real.schedule(now + random.nextInt(1_000_000), kept::countDown);
                real.cancel(far);
            }
            return thread;
        });

        Threads.await(kept, "the run of the last task");
        assertThat(runs).hasValue(0);
    }

    /** A runtime in which the test's thread is the one that was started, and a park is the end of the wait at once. */
    private static final class Manual implements Clocks, BusRuntime {
        private final List<String> started = new ArrayList<>();
        private final List<Runnable> toRun = new ArrayList<>();
        private final List<Long> parks = new ArrayList<>();
        private long nanos;
        private int unparks;
        private boolean permit;
        private int workAtPark;
        private Runnable parkWork = () -> {};
        private Runnable startWork = () -> {};
        private Runnable clockWork = () -> {};

        /** Does something during one of the parks, from 1. */
        void duringPark(int park, Runnable work) {
            workAtPark = park;
            parkWork = work;
        }

        /** Does something during the next start. */
        void duringStart(Runnable work) {
            startWork = work;
        }

        /** Does something during the next read of the clock. */
        void duringClockRead(Runnable work) {
            clockWork = work;
        }

        void breakNextStart() {
            duringStart(() -> {
                throw new IllegalStateException("planted: start");
            });
        }

        void runStarted() {
            while (!toRun.isEmpty()) {
                toRun.remove(0).run();
            }
        }

        @Override
        public long wallMillis() {
            throw new AssertionError("timers do not read the wall clock");
        }

        @Override
        public long monotonicNanos() {
            Runnable work = clockWork;
            clockWork = () -> {};
            work.run();
            return nanos;
        }

        @Override
        public void parkUntil(long monotonicNanos) {
            parks.add(monotonicNanos);
            if (parks.size() == workAtPark) {
                parkWork.run();
            }
            if (!permit) {
                nanos = monotonicNanos;
            }
            permit = false;
        }

        @Override
        public void unpark(Thread thread) {
            unparks++;
            permit = true;
        }

        @Override
        public void interrupt(Thread thread) {
            throw new AssertionError("timers interrupt nobody");
        }

        @Override
        public void start(String name, Runnable task) {
            Runnable work = startWork;
            startWork = () -> {};
            work.run();
            started.add(name);
            toRun.add(task);
        }
    }
}
