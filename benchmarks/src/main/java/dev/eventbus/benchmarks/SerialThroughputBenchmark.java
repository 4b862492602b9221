/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.benchmarks;

import dev.eventbus.benchmarks.contender.Bus;
import dev.eventbus.benchmarks.contender.DeliveryMode;
import org.openjdk.jmh.annotations.Param;

/**
 * Throughput to handlers that are called for one event at a time.
 *
 * <p>Guava keeps handlers apart but not in order; all others keep the order of each publisher.
 */
public class SerialThroughputBenchmark extends AsynchronousThroughputBenchmark {
    /** The bus. */
    @Param({"EVENTBUS", "GUAVA_VIRTUAL", "GUAVA_POOL", "GUAVA_BOUNDED", "MBASSADOR", "GREENROBOT", "VERTX", "DISRUPTOR",
            "SUBMISSION_PUBLISHER"})
    public Bus bus;

    @Override
    Bus bus() {
        return bus;
    }

    @Override
    DeliveryMode mode() {
        return DeliveryMode.SERIAL;
    }
}
