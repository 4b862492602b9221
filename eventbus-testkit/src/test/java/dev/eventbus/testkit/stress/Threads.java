/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.stress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Threads of one test, waited for with a bound that is long enough for a slow machine: it only detects hangs. */
final class Threads {
    /** The bound. */
    static final Duration PATIENCE = Duration.ofSeconds(Long.getLong("stress.patience", 120));

    /** What one thread does. */
    @FunctionalInterface
    interface Task {
        /** Runs; {@code number} counts the threads from 0. */
        void run(int number) throws Exception;
    }

    private final List<Future<?>> futures = new ArrayList<>();

    private Threads() {
    }

    /** Starts some threads, every other one virtual. */
    static Threads start(int count, Task task) {
        Threads threads = new Threads();
        for (int i = 0; i < count; i++) {
            threads.add(i % 2 == 0 ? Thread.ofPlatform().daemon() : Thread.ofVirtual(), i, task);
        }
        return threads;
    }

    /** Starts virtual threads. */
    static Threads startVirtual(int count, Task task) {
        Threads threads = new Threads();
        for (int i = 0; i < count; i++) {
            threads.add(Thread.ofVirtual(), i, task);
        }
        return threads;
    }

    private void add(Thread.Builder builder, int number, Task task) {
        FutureTask<Void> future = new FutureTask<>(() -> {
            task.run(number);
            return null;
        });
        futures.add(future);
        builder.name("test-" + number).start(future);
    }

    /** Waits for all; fails with what the first of them threw. */
    void join(String what) throws InterruptedException {
        join(what, PATIENCE);
    }

    void join(String what, Duration most) throws InterruptedException {
        long until = System.nanoTime() + most.toNanos();
        for (Future<?> future : futures) {
            try {
                future.get(Math.max(1, until - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (ExecutionException thrown) {
                throw new AssertionError(what, thrown.getCause());
            } catch (TimeoutException hang) {
                throw new AssertionError("does not end within " + most + ": " + what, hang);
            }
        }
    }

    /** Waits for a latch inside a task or a test. */
    static void await(CountDownLatch latch, String what) throws InterruptedException {
        if (!latch.await(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new AssertionError("does not come within " + PATIENCE + ": " + what);
        }
    }
}
