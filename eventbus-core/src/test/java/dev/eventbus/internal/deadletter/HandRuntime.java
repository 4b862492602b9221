/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deadletter;

import dev.eventbus.fixture.ManualClocks;
import dev.eventbus.fixture.Threads;
import dev.eventbus.spi.BusRuntime;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps threads until a test lets them run, one after the other, each in a thread of its own: so a lock that one of them does
 * not give back stops the next. A wait moves the clock. One thread at a time.
 */
final class HandRuntime implements BusRuntime {
    private record Started(String name, Runnable task) {}

    private final ManualClocks clocks;
    private final List<Started> started = new ArrayList<>();
    private Runnable atStart = () -> {};
    private int waits;

    HandRuntime(ManualClocks clocks) {
        this.clocks = clocks;
    }

    /** Does something at the next start of a thread, before it, and not again. */
    void atNextStart(Runnable work) {
        atStart = work;
    }

    /** Names of the threads that have not run. */
    List<String> started() {
        return started.stream().map(Started::name).toList();
    }

    int waits() {
        return waits;
    }

    /** Runs the threads that were started, and those that they start, to their ends. */
    void runStarted() {
        while (!started.isEmpty()) {
            elsewhere(started.remove(0).task());
        }
    }

    /** Does something in another thread, and waits for its end. */
    static void elsewhere(Runnable work) {
        Threads.result(Threads.start(() -> {
            work.run();
            return true;
        }), "the end of a thread");
    }

    @Override
    public void start(String name, Runnable task) {
        Runnable work = atStart;
        atStart = () -> {};
        work.run();
        started.add(new Started(name, task));
    }

    @Override
    public void parkUntil(long monotonicNanos) {
        waits++;
        clocks.monotonicNanos(Math.max(clocks.monotonicNanos(), monotonicNanos));
    }

    @Override
    public void unpark(Thread thread) {
        // A wait is over at once.
    }

    @Override
    public void interrupt(Thread thread) {
        throw new AssertionError("nobody is interrupted");
    }
}
