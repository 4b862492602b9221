/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.spi;

/** The clocks of the machine. Thread-safe. */
enum SystemClocks implements Clocks {
    /** The only one. */
    INSTANCE;

    @Override
    public long wallMillis() {
        return System.currentTimeMillis();
    }

    @Override
    public long monotonicNanos() {
        return System.nanoTime();
    }
}
