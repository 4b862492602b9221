/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.contract;

import dev.eventbus.spi.BusRuntime;
import dev.eventbus.spi.Clocks;
import java.util.concurrent.atomic.AtomicInteger;

/** The machine's time and runtime, but for single calls that throw. Thread-safe. */
final class FragileRuntime implements Clocks, BusRuntime {
    private final AtomicInteger clockReads = new AtomicInteger(Integer.MAX_VALUE);
    private final AtomicInteger wallReads = new AtomicInteger(Integer.MAX_VALUE);
    private final AtomicInteger parks = new AtomicInteger(Integer.MAX_VALUE);
    private final AtomicInteger interrupts = new AtomicInteger(Integer.MAX_VALUE);

    /** Lets the n-th read of the monotonic clock throw, from 1. */
    void breakClockAt(int read) {
        clockReads.set(read);
    }

    /** Lets the n-th read of the wall clock throw, from 1. */
    void breakWallClockAt(int read) {
        wallReads.set(read);
    }

    void breakNextPark() {
        parks.set(1);
    }

    void breakNextInterrupt() {
        interrupts.set(1);
    }

    private static void count(AtomicInteger left, String what) {
        if (left.decrementAndGet() == 0) {
            throw new IllegalStateException("planted: " + what);
        }
    }

    @Override
    public long wallMillis() {
        count(wallReads, "wall clock");
        return Clocks.system().wallMillis();
    }

    @Override
    public long monotonicNanos() {
        count(clockReads, "clock");
        return Clocks.system().monotonicNanos();
    }

    @Override
    public void parkUntil(long monotonicNanos) {
        count(parks, "park");
        BusRuntime.system().parkUntil(monotonicNanos);
    }

    @Override
    public void unpark(Thread thread) {
        BusRuntime.system().unpark(thread);
    }

    @Override
    public void interrupt(Thread thread) {
        count(interrupts, "interrupt");
        BusRuntime.system().interrupt(thread);
    }

    @Override
    public void start(String name, Runnable task) {
        BusRuntime.system().start(name, task);
    }
}
