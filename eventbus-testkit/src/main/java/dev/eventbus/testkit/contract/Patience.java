/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.contract;

import dev.eventbus.EventBus;
import dev.eventbus.publish.Receipt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/**
 * Bounds every wait of a case, so that what never comes fails it and says what it was. Immutable.
 *
 * @param bound longest wait; it only detects what hangs, nothing is ever waited out
 */
record Patience(Duration bound) {
    /** A step of a wait. */
    @FunctionalInterface
    private interface Step<T> {
        T run(long nanos) throws InterruptedException, ExecutionException, TimeoutException;
    }

    /** Runs something in a thread of its own. */
    <T> Future<T> start(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofPlatform().daemon().name("contract").start(task);
        return task;
    }

    /** Runs something in a thread of its own and waits for its result. */
    <T> T result(String what, Callable<T> work) {
        return result(what, start(work));
    }

    <T> T result(String what, Future<T> result) {
        return bounded(what, nanos -> result.get(nanos, TimeUnit.NANOSECONDS));
    }

    void await(String what, CountDownLatch latch) {
        boolean unused = bounded(what, nanos -> {
            if (!latch.await(nanos, TimeUnit.NANOSECONDS)) {
                throw new TimeoutException();
            }
            return true;
        });
    }

    /** Waits until an event has its outcomes. */
    Receipt outcomes(Receipt receipt) {
        return bounded("every outcome of an event", nanos -> {
            if (!receipt.await(bound).isDone()) {
                throw new TimeoutException();
            }
            return receipt;
        });
    }

    /** Waits until a bus has nothing to do. */
    void idle(EventBus bus) {
        boolean unused = bounded("a moment in which the bus is idle", nanos -> {
            if (!bus.drain(bound)) {
                throw new TimeoutException();
            }
            return true;
        });
    }

    /** Runs something in several threads, which wait for each other before they begin. */
    <T> List<T> together(String what, int threads, IntFunction<Callable<T>> work) {
        CountDownLatch ready = new CountDownLatch(threads);
        List<Future<T>> futures = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Callable<T> own = work.apply(i);
            futures.add(start(() -> {
                ready.countDown();
                await("the start of all threads", ready);
                return own.call();
            }));
        }
        return futures.stream().map(future -> result(what, future)).toList();
    }

    private <T> T bounded(String what, Step<T> step) {
        try {
            return step.run(bound.toNanos());
        } catch (TimeoutException hang) {
            throw new AssertionError(what + " did not come within " + bound
                    + "; if it only takes longer, override patience()", hang);
        } catch (ExecutionException thrown) {
            Throwable cause = thrown.getCause();
            throw new AssertionError(what + " threw " + (cause == null ? thrown : cause).getClass().getName(), cause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(what + " was not waited for: the thread of the test was interrupted", interrupted);
        }
    }
}
