/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.benchmarks;

import dev.eventbus.benchmarks.contender.Bus;
import dev.eventbus.benchmarks.contender.DeliveryMode;
import org.openjdk.jmh.annotations.Param;

/**
 * Throughput to handlers that are called for one event of each of 10,000 keys at a time.
 *
 * <p>Guava, which knows no keys, calls them in no order: it promises less.
 */
public class KeyedThroughputBenchmark extends AsynchronousThroughputBenchmark {
    /** The bus. */
    @Param({"EVENTBUS", "GUAVA_VIRTUAL", "GUAVA_POOL", "GUAVA_BOUNDED"})
    public Bus bus;

    @Override
    Bus bus() {
        return bus;
    }

    @Override
    DeliveryMode mode() {
        return DeliveryMode.KEYED;
    }
}
