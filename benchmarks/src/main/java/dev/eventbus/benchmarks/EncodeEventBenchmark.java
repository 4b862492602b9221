/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.benchmarks;

import dev.eventbus.benchmarks.InvoiceSample.Invoice;
import dev.eventbus.benchmarks.InvoiceSample.Whole;
import dev.eventbus.event.EventEnvelope;
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
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * What does it cost to write an event as JSON, beside Jackson as it ships on the bare payload and on a record that holds the
 * metadata too?
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
public class EncodeEventBenchmark {
    private final EventEnvelope<Invoice> event = InvoiceSample.event();
    private final Invoice payload = InvoiceSample.invoice();
    private final Whole all = InvoiceSample.whole();
    private final JacksonEventCodec codec = InvoiceSample.codec();
    private final CloudEventsCodec cloudEvents = InvoiceSample.cloudEvents();
    private final ObjectWriter payloads = JsonMapper.builder().build().writerFor(Invoice.class);
    private final ObjectWriter wholes = JsonMapper.builder().build().writerFor(Whole.class);

    /**
     * Metadata and payload, in our own form.
     *
     * @return the bytes
     */
    @Benchmark
    public byte[] eventbus() {
        return codec.encode(event);
    }

    /**
     * Metadata and payload, as a CloudEvent.
     *
     * @return the bytes
     */
    @Benchmark
    public byte[] eventbusCloudEvents() {
        return cloudEvents.encode(event);
    }

    /**
     * Jackson, the payload alone.
     *
     * @return the bytes
     */
    @Benchmark
    public byte[] barePayload() {
        return payloads.writeValueAsBytes(payload);
    }

    /**
     * Jackson, a record that has all fields of the event.
     *
     * @return the bytes
     */
    @Benchmark
    public byte[] wholeRecord() {
        return wholes.writeValueAsBytes(all);
    }
}
