/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.benchmarks;

import dev.eventbus.benchmarks.contender.Bus;
import dev.eventbus.benchmarks.contender.DeliveryMode;
import org.openjdk.jmh.annotations.Param;

/**
 * Throughput to handlers that are called for several events at once, in no order.
 */
public class UnorderedThroughputBenchmark extends AsynchronousThroughputBenchmark {
    /** The bus. */
    @Param({"EVENTBUS", "GUAVA_VIRTUAL", "GUAVA_POOL", "GUAVA_BOUNDED", "MBASSADOR", "GREENROBOT"})
    public Bus bus;

    @Override
    Bus bus() {
        return bus;
    }

    @Override
    DeliveryMode mode() {
        return DeliveryMode.UNORDERED;
    }
}
