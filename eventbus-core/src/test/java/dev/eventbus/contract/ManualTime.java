/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.contract;

import dev.eventbus.spi.BusRuntime;
import dev.eventbus.spi.Clocks;
import java.util.ArrayList;
import java.util.List;

/**
 * Time that stands still but when the one thread of a test waits: then it is the end of the wait at once. Threads that
 * the bus starts only run when the test runs them, in its own thread. For single-threaded tests.
 */
final class ManualTime implements Clocks, BusRuntime {
    private record Started(String name, Runnable task) {}

    private final List<Long> waits = new ArrayList<>();
    private final List<Started> started = new ArrayList<>();
    private long nanos = 1;
    private long wallOffsetMillis = 1_700_000_000_000L;
    private Runnable onWait = () -> {};

    @Override
    public long wallMillis() {
        return wallOffsetMillis + nanos / 1_000_000;
    }

    @Override
    public long monotonicNanos() {
        return nanos;
    }

    @Override
    public void parkUntil(long monotonicNanos) {
        waits.add(monotonicNanos - nanos);
        onWait.run();
        if (!Thread.currentThread().isInterrupted()) {
            nanos = Math.max(nanos, monotonicNanos);
        }
    }

    /** Moves the wall clock alone. */
    void jumpWall(long millis) {
        wallOffsetMillis += millis;
    }

    /** Sets the monotonic clock, which may read any number. */
    void startAt(long monotonicNanos) {
        nanos = monotonicNanos;
    }

    /** What to do during each wait, before it ends. */
    void onWait(Runnable work) {
        onWait = work;
    }

    /** Lengths of the waits so far, in nanoseconds. */
    List<Long> waits() {
        return waits;
    }

    @Override
    public void unpark(Thread thread) {
        // The one thread is not parked.
    }

    @Override
    public void interrupt(Thread thread) {
        thread.interrupt();
    }

    @Override
    public void start(String name, Runnable task) {
        started.add(new Started(name, task));
    }

    /** Names of the threads that were started and that have not run. */
    List<String> started() {
        return started.stream().map(Started::name).toList();
    }

    /** Runs the threads that were started, and those that they start, to their ends. */
    void runStarted() {
        while (!started.isEmpty()) {
            started.remove(0).task.run();
        }
    }
}
