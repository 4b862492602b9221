/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.spi;

/**
 * Tells the time; the only place where the bus gets it from.
 *
 * <p>Bare numbers, since the bus asks once per publish and must not allocate for it. Thread-safe.
 *
 * @since 0.1
 */
public interface Clocks {
    /**
     * Reads the wall clock, which may jump either way.
     *
     * @return milliseconds since the epoch
     */
    long wallMillis();

    /**
     * Reads the clock that never goes back, for delays and durations.
     *
     * @return nanoseconds since some fixed moment
     */
    long monotonicNanos();

    /**
     * Returns the clocks of the machine.
     *
     * @return clocks that read {@link System#currentTimeMillis()} and {@link System#nanoTime()}
     */
    static Clocks system() {
        return SystemClocks.INSTANCE;
    }
}
