/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A thread of a simulation.
 *
 * <p>It is a virtual thread that runs only while it has the baton. Used by the threads of its simulation alone.
 * Thread-safe among them.
 *
 * @since 0.1
 */
public final class SimulatedThread {
    // All mutable fields: touched only by the thread that has the baton.
    final int number;
    final Thread thread;
    boolean started; // the virtual thread is started when it first gets the baton
    Waiting waiting = Waiting.NOTHING;
    boolean timed;
    long deadline; // meaningful while timed
    @Nullable BooleanSupplier condition;
    boolean permit; // of park and unpark
    boolean interruptPending; // becomes the thread's flag when it has the baton
    String place = "start";
    int slot = -1; // place among the runnable threads
    long priority;
    int aborts; // how often it was told that the run is over

    private final boolean outside; // a thread of the test, which was there before and goes on afterwards
    private final String name;
    private final Scheduler scheduler;

    SimulatedThread(Scheduler scheduler, int number, String name, SimulatedTask task) {
        this.scheduler = scheduler;
        this.number = number;
        this.name = name;
        this.outside = false;
        this.thread = Thread.ofVirtual().name(name).inheritInheritableThreadLocals(false) // nothing of the test's
                .uncaughtExceptionHandler((dead, thrown) -> scheduler.threw(this, thrown))
                .unstarted(() -> scheduler.live(this, task));
    }

    /** Takes a thread of the test in. */
    SimulatedThread(Scheduler scheduler, int number, Thread thread) {
        this.scheduler = scheduler;
        this.number = number;
        this.name = thread.getName();
        this.outside = true;
        this.thread = thread;
        this.started = true;
    }

    boolean isOutside() {
        return outside;
    }

    /**
     * Returns the name.
     *
     * @return the name, which need not be unique
     */
    public String name() {
        return name;
    }

    /**
     * Returns the virtual thread.
     *
     * @return the thread, for the runtime's methods that take one
     */
    public Thread thread() {
        return thread;
    }

    /**
     * Tells whether the task has returned or thrown.
     *
     * @return true if it has
     */
    public boolean hasEnded() {
        return waiting == Waiting.ENDED;
    }

    /**
     * Waits until the task has returned or thrown.
     *
     * @throws InterruptedException if the calling thread is interrupted before
     */
    public void join() throws InterruptedException {
        scheduler.waits().await("the end of " + this, this::hasEnded);
    }

    /** Interrupts the thread. */
    public void interrupt() {
        scheduler.interrupt(thread);
    }

    /** Returns the number, from 0 in the order of starts, and the name. */
    @Override
    public String toString() {
        return "#" + number + " '" + name + "'";
    }
}
