/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.runtime;

import dev.eventbus.internal.event.EventIds;
import dev.eventbus.spi.BusRuntime;
import dev.eventbus.spi.Clocks;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A runtime that starts no thread, and whose clock stands still.
 *
 * <p>What is to be started is kept until an actor runs it. The one thread that waits does wait; when nobody wakes it for
 * some seconds it is counted and goes on, and that count is what a test forbids. Thread-safe.
 */
public class ByHand implements BusRuntime, Clocks {
    /** Name of the timers' thread. */
    public static final String TIMERS = "timers";
    private static final int SPINS = 1_000; // the other actor is about to come
    private static final long FOR_EVER_NANOS = 3_000_000_000L;

    private final Queue<Runnable> workers = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> timers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger unparks = new AtomicInteger();
    private final AtomicInteger used = new AtomicInteger(); // of the unparks
    private final AtomicInteger interrupts = new AtomicInteger();
    private final AtomicInteger overslept = new AtomicInteger();

    /**
     * Makes the ports of a bus that has this runtime.
     *
     * @return the ports
     */
    public final Ports ports() {
        Random random = new Random(1);
        return new Ports(this, this, random, new EventIds(this, random));
    }

    /** Runs the workers that were called, and those that they call. */
    public final void runWorkers() {
        for (Runnable next = workers.poll(); next != null; next = workers.poll()) {
            next.run();
        }
    }

    /**
     * Takes out the worker that was called first.
     *
     * @return the worker, or a task that does nothing
     */
    public final Runnable takeWorker() {
        return orNothing(workers.poll());
    }

    /**
     * Takes out the thread of the timers.
     *
     * @return the thread's task, or one that does nothing
     */
    public final Runnable takeTimers() {
        return orNothing(timers.poll());
    }

    private static Runnable orNothing(Runnable task) {
        return task == null ? () -> {} : task;
    }

    /**
     * Counts the workers that were called and do not run yet.
     *
     * @return how many come
     */
    public final int coming() {
        return workers.size();
    }

    /**
     * Counts the wake-ups.
     *
     * @return how many threads were unparked
     */
    public final int unparks() {
        return unparks.get();
    }

    /**
     * Counts the threads that nobody has woken.
     *
     * @return how many would wait for ever
     */
    public final int overslept() {
        return overslept.get();
    }

    /**
     * Counts the interrupts.
     *
     * @return how many were sent
     */
    public final int interrupts() {
        return interrupts.get();
    }

    @Override
    public void parkUntil(long monotonicNanos) {
        long begun = System.nanoTime();
        for (int spins = 0; unparks.get() == used.get() && !Thread.currentThread().isInterrupted(); spins++) {
            if (spins < SPINS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
            if (spins > SPINS && System.nanoTime() - begun > FOR_EVER_NANOS) {
                overslept.incrementAndGet();
                throw new IllegalStateException("nobody wakes the thread that waits");
            }
        }
        used.set(unparks.get());
    }

    @Override
    public void unpark(Thread thread) {
        unparks.incrementAndGet();
    }

    @Override
    public void interrupt(Thread thread) {
        interrupts.incrementAndGet();
        thread.interrupt();
    }

    @Override
    public void start(String name, Runnable task) {
        (name.equals(TIMERS) ? timers : workers).add(task);
    }

    @Override
    public long wallMillis() {
        return 0;
    }

    @Override
    public long monotonicNanos() {
        return 0;
    }
}
