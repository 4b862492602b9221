/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.breaker;

import dev.eventbus.spi.Clocks;

/** A clock that stands where a test has put it before its actors begin. Not thread-safe. */
final class HandClock implements Clocks {
    long nanos;

    @Override
    public long wallMillis() {
        return 0;
    }

    @Override
    public long monotonicNanos() {
        return nanos;
    }
}
