/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import dev.eventbus.spi.BusRuntime;

/** The seam of the bus, answered by a simulation. Thread-safe among its threads. */
record SimulatedRuntime(Scheduler scheduler) implements BusRuntime {
    @Override
    public void parkUntil(long monotonicNanos) {
        scheduler.waits().parkUntil(monotonicNanos);
    }

    @Override
    public void unpark(Thread thread) {
        scheduler.unpark(thread);
    }

    @Override
    public void interrupt(Thread thread) {
        scheduler.interrupt(thread);
    }

    @Override
    public void start(String name, Runnable task) {
        scheduler.start(name, task::run);
    }

    @Override
    public void mark(String place) {
        scheduler.mark(place);
    }
}
