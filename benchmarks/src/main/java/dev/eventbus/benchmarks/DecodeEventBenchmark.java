/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.benchmarks;

import dev.eventbus.benchmarks.InvoiceSample.Invoice;
import dev.eventbus.benchmarks.InvoiceSample.Whole;
import dev.eventbus.jackson.CloudEventsCodec;
import dev.eventbus.jackson.JacksonEventCodec;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * What does it cost to read an event from JSON, with all that is checked, beside Jackson as it ships on the bare payload and
 * on a record that holds the metadata too?
 *
 * {@snippet lang="shell" :
 * mvn -q -Pbench -Djmh.args='-prof gc EncodeEvent|DecodeEvent'    # about 4 minutes; ends with the table
 * }
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(value = 3, jvmArgs = {"-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch"})
public class DecodeEventBenchmark {
    private final JacksonEventCodec codec = InvoiceSample.codec();
    private final CloudEventsCodec cloudEvents = InvoiceSample.cloudEvents();
    private final JsonMapper jackson = JsonMapper.builder().build();
    private final ObjectReader payloads = jackson.readerFor(Invoice.class);
    private final ObjectReader wholes = jackson.readerFor(Whole.class);
    private final byte[] event = codec.encode(InvoiceSample.event());
    private final byte[] cloudEvent = cloudEvents.encode(InvoiceSample.event());
    private final byte[] payload = jackson.writeValueAsBytes(InvoiceSample.invoice());
    private final byte[] all = jackson.writeValueAsBytes(InvoiceSample.whole());

    /**
     * Metadata and payload, in our own form.
     *
     * @return the event
     */
    @Benchmark
    public Object eventbus() {
        return codec.decode(event);
    }

    /**
     * Metadata and payload, as a CloudEvent.
     *
     * @return the event
     */
    @Benchmark
    public Object eventbusCloudEvents() {
        return cloudEvents.decode(cloudEvent);
    }

    /**
     * Jackson, the payload alone.
     *
     * @return the payload
     */
    @Benchmark
    public Object barePayload() {
        return payloads.readValue(payload);
    }

    /**
     * Jackson, a record that has all fields of the event.
     *
     * @return the record
     */
    @Benchmark
    public Object wholeRecord() {
        return wholes.readValue(all);
    }
}
