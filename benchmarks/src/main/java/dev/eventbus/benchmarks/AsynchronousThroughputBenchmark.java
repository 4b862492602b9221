/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.benchmarks;

import dev.eventbus.benchmarks.contender.Bus;
import dev.eventbus.benchmarks.contender.DeliveryMode;
import dev.eventbus.benchmarks.load.Batches;
import dev.eventbus.benchmarks.load.Load;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How many events a second go through a bus that delivers on other threads?
 *
 * <p>An operation is one event, handled by all subscriptions: the clock runs from the first publish of a batch of 100,000 until
 * the last handler has handled its last event. So a bus gains nothing by accepting faster than it delivers. Ours runs with its
 * shipped defaults. Handlers add up a number or mark a byte.
 *
 * {@snippet lang="shell" :
 * mvn -q -Pbench -Djmh.args='-prof gc Throughput'                             # about 20 minutes; ends with the tables
 * mvn -q -Pbench -Djmh.args='-f 1 -p publishers=1 -p subscriptions=1 Serial'  # about 1 minute
 * }
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(value = 2, jvmArgs = {"-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch"})
public abstract class AsynchronousThroughputBenchmark {
    private static final int EVENTS = 100_000;

    /** Threads that publish, each an equal part of the events. */
    @Param({"1", "2"})
    public int publishers;

    /** Handlers, each of all events. */
    @Param({"1", "4"})
    public int subscriptions;

    private Batches batches;

    abstract Bus bus();

    abstract DeliveryMode mode();

    /** Opens the bus. */
    @Setup
    public void open() {
        batches = new Batches(bus(), new Load(mode(), publishers, subscriptions, EVENTS, false));
    }

    /** Closes the bus. */
    @TearDown
    public void close() {
        batches.close();
    }

    /**
     * Measures a batch.
     *
     * @throws InterruptedException if JMH gives up
     */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void publish() throws InterruptedException {
        batches.run(EVENTS);
    }
}
