/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import dev.eventbus.spi.Clocks;

/** Clocks of a simulation: reading one is a step. Thread-safe. */
record SimulatedClocks(Scheduler scheduler, VirtualTime time) implements Clocks {
    @Override
    public long wallMillis() {
        scheduler.mark("wall clock");
        return time.wallMillis();
    }

    @Override
    public long monotonicNanos() {
        scheduler.mark("monotonic clock");
        return time.monotonicNanos();
    }
}
