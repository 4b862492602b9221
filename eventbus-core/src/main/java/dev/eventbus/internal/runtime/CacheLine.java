/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.runtime;

/**
 * How far apart words have to be that different threads write all the time: two lines of 64 bytes, since processors
 * fetch them in pairs. A quarter of the throughput of a lane depends on it (docs/performance.md). Stateless.
 */
public final class CacheLine {
    /** Longs. */
    public static final int LONGS = 16;
    /** References, compressed ones. */
    public static final int REFERENCES = 32;

    private CacheLine() {
    }
}
