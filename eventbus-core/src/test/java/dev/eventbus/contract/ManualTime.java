/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.contract;

import dev.eventbus.spi.BusRuntime;
import dev.eventbus.spi.Clocks;
import java.util.ArrayList;
import java.util.List;

/**
 * Time that stands still but when the one thread of a test waits: then it is the end of the wait at once. Scheduled
 * tasks run when time passes their moment. For single-threaded tests.
 */
final class ManualTime implements Clocks, BusRuntime {
    private record Task(long at, Runnable work) {}

    private final List<Long> waits = new ArrayList<>();
    private final List<Task> tasks = new ArrayList<>();
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
            advanceTo(monotonicNanos);
        }
    }

    void advanceTo(long moment) {
        nanos = Math.max(nanos, moment);
        List<Task> due = tasks.stream().filter(task -> task.at <= nanos).toList();
        tasks.removeAll(due);
        due.forEach(task -> task.work.run());
    }

    /** Moves the wall clock alone. */
    void jumpWall(long millis) {
        wallOffsetMillis += millis;
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
    public Scheduled schedule(String name, long monotonicNanos, Runnable task) {
        Task scheduled = new Task(monotonicNanos, task);
        tasks.add(scheduled);
        return () -> tasks.remove(scheduled);
    }

    int scheduled() {
        return tasks.size();
    }
}
