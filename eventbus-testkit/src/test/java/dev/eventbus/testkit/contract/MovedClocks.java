/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.contract;

import dev.eventbus.spi.Clocks;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Clocks that stand still until a suite moves them. Thread-safe. */
final class MovedClocks implements Clocks {
    private final AtomicLong nanos = new AtomicLong(1_000_000_000L);

    void advance(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Override
    public long wallMillis() {
        return nanos.get() / 1_000_000L;
    }

    @Override
    public long monotonicNanos() {
        return nanos.get();
    }
}
