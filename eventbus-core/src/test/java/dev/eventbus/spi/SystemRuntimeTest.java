/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.fixture.Threads;
import dev.eventbus.spi.BusRuntime.Scheduled;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SystemRuntimeTest {
    private static final Duration BOUND = Duration.ofSeconds(30);

    private final BusRuntime runtime = BusRuntime.system();
    private final Clocks clocks = Clocks.system();

    private long in(Duration time) {
        return clocks.monotonicNanos() + time.toNanos();
    }

    @Test
    void park_returns_at_once_when_the_moment_has_come() {
        runtime.parkUntil(clocks.monotonicNanos() - 1);

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void park_returns_with_the_flag_set_when_interrupted_before() {
        runtime.interrupt(Thread.currentThread());

        runtime.parkUntil(in(Duration.ofHours(1)));

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void park_returns_with_the_flag_set_when_interrupted_while_it_lasts() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean flag = new AtomicBoolean();
        Thread thread = Thread.ofPlatform().daemon().start(() -> {
            begun.countDown();
            while (!Thread.currentThread().isInterrupted()) {
                runtime.parkUntil(in(Duration.ofHours(1)));
            }
            flag.set(Thread.currentThread().isInterrupted());
        });
        Threads.await(begun, "the thread that parks");

        runtime.interrupt(thread);

        assertThat(thread.join(BOUND)).as("never came: the end of the thread that parks").isTrue();
        assertThat(flag).isTrue();
    }

    @Test
    void park_returns_when_unparked_before() {
        runtime.unpark(Thread.currentThread());

        runtime.parkUntil(in(Duration.ofHours(1)));

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void park_returns_when_unparked_while_it_lasts() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean told = new AtomicBoolean();
        Thread thread = Thread.ofPlatform().daemon().start(() -> {
            begun.countDown();
            while (!told.get()) {
                runtime.parkUntil(in(Duration.ofHours(1)));
            }
        });
        Threads.await(begun, "the thread that parks");

        told.set(true);
        runtime.unpark(thread);

        assertThat(thread.join(BOUND)).as("never came: the end of the thread that parks").isTrue();
    }

    @Test
    void a_task_runs_once_its_moment_has_come() {
        long moment = in(Duration.ofMillis(5));
        AtomicReference<Long> ran = new AtomicReference<>();
        CountDownLatch done = new CountDownLatch(1);

        runtime.schedule("t", moment, () -> {
            ran.set(clocks.monotonicNanos());
            done.countDown();
        });

        Threads.await(done, "the run of the task");
        assertThat(ran.get() - moment).as("nanoseconds past the moment").isNotNegative();
    }

    @Test
    void a_task_runs_on_a_thread_of_its_own_with_the_name_given() {
        AtomicReference<Thread> seen = new AtomicReference<>();
        CountDownLatch done = new CountDownLatch(1);

        runtime.schedule("eventbus-task", clocks.monotonicNanos(), () -> {
            seen.set(Thread.currentThread());
            done.countDown();
        });

        Threads.await(done, "the run of the task");
        assertThat(seen.get()).isNotSameAs(Thread.currentThread());
        assertThat(seen.get().getName()).isEqualTo("eventbus-task");
        assertThat(seen.get().isDaemon()).isTrue();
    }

    @Test
    void a_task_that_was_taken_back_does_not_run_when_a_later_one_does() {
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch later = new CountDownLatch(1);
        Scheduled task = runtime.schedule("t", in(Duration.ofHours(1)), runs::incrementAndGet);

        task.cancel();
        runtime.schedule("later", clocks.monotonicNanos(), later::countDown);

        Threads.await(later, "the run of the later task");
        assertThat(runs).hasValue(0);
    }

    @Test
    void taking_a_task_back_twice_does_nothing() {
        AtomicInteger runs = new AtomicInteger();
        Scheduled task = runtime.schedule("t", in(Duration.ofHours(1)), runs::incrementAndGet);

        task.cancel();
        task.cancel();

        assertThat(runs).hasValue(0);
    }

    @Test
    void a_task_that_has_begun_cannot_be_taken_back_and_is_not_disturbed() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        Scheduled task = runtime.schedule("t", clocks.monotonicNanos(), () -> {
            begun.countDown();
            Threads.await(cancelled, "the cancel");
            interrupted.set(Thread.currentThread().isInterrupted());
            ended.countDown();
        });
        Threads.await(begun, "the begin of the task");

        task.cancel();
        cancelled.countDown();

        Threads.await(ended, "the end of the task");
        assertThat(interrupted).isFalse();
    }

    @Test
    void the_monotonic_clock_does_not_go_back() {
        long last = clocks.monotonicNanos();
        for (int i = 0; i < 100_000; i++) {
            long now = clocks.monotonicNanos();
            assertThat(now - last).isNotNegative();
            last = now;
        }
    }
}
