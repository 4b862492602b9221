/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import dev.eventbus.spi.Clocks;
import java.util.function.Consumer;

/** Clocks of a simulation: reading one is a step. Thread-safe. */
record SimulatedClocks(Consumer<String> step, VirtualTime time) implements Clocks {
    @Override
    public long wallMillis() {
        step.accept("wall clock");
        return time.wallMillis();
    }

    @Override
    public long monotonicNanos() {
        step.accept("monotonic clock");
        return time.monotonicNanos();
    }
}
