/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.stress;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.stream.LongStream;

/** Measures what is reachable in a program of its own, with the serial collector. Stateless. */
final class LiveSet {
    private LiveSet() {
    }

    /** The lowest of three: a worker that has just handled the last delivery may still be putting its lanes away. */
    static long bytes() {
        return LongStream.generate(LiveSet::usedAfterCollection).limit(3).min().orElseThrow();
    }

    private static long usedAfterCollection() {
        System.gc();
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getCollectionUsage).filter(usage -> usage != null)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }
}
