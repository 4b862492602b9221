/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.fixture.Threads;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
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
    void a_task_runs_on_a_virtual_thread_of_its_own_with_the_name_given() {
        AtomicReference<Thread> seen = new AtomicReference<>();
        CountDownLatch done = new CountDownLatch(1);

        runtime.start("eventbus-task", () -> {
            seen.set(Thread.currentThread());
            done.countDown();
        });

        Threads.await(done, "the run of the task");
        assertThat(seen.get()).isNotSameAs(Thread.currentThread());
        assertThat(seen.get().getName()).isEqualTo("eventbus-task");
        assertThat(seen.get().isVirtual()).isTrue();
    }

    @Test
    void tasks_do_not_wait_for_each_other() {
        CountDownLatch second = new CountDownLatch(1);
        CountDownLatch first = new CountDownLatch(1);

        runtime.start("first", () -> {
            Threads.await(second, "the run of the second task");
            first.countDown();
        });
        runtime.start("second", second::countDown);

        Threads.await(first, "the end of the first task");
    }

    @Test
    void a_task_inherits_nothing_of_the_thread_that_starts_it() {
        InheritableThreadLocal<String> inheritable = new InheritableThreadLocal<>();
        AtomicReference<String> seen = new AtomicReference<>("nothing was read");
        CountDownLatch done = new CountDownLatch(1);
        inheritable.set("the publisher's");

        runtime.start("t", () -> {
            seen.set(inheritable.get());
            done.countDown();
        });

        Threads.await(done, "the run of the task");
        inheritable.remove();
        assertThat(seen.get()).isNull();
    }

    @Test
    void what_a_task_throws_goes_to_the_handler_of_uncaught_exceptions_and_not_to_the_caller() {
        IllegalStateException failure = new IllegalStateException("planted");
        AtomicReference<Throwable> caught = new AtomicReference<>();
        CountDownLatch done = new CountDownLatch(1);

        runtime.start("t", () -> {
            Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> {
                caught.set(thrown);
                done.countDown();
            });
            throw failure;
        });

        Threads.await(done, "the uncaught exception");
        assertThat(caught.get()).isSameAs(failure);
    }

    @Test
    void a_mark_does_nothing() {
        runtime.mark("between two steps");

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
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
