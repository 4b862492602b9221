/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import dev.eventbus.error.ConfigurationException;
import dev.eventbus.event.EventEnvelope;
import dev.eventbus.spi.DecodeFinding;
import dev.eventbus.spi.DecodeProblem;
import dev.eventbus.spi.EventCodec;
import dev.eventbus.spi.EventDecodeException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes and reads events as CloudEvents 1.0: the JSON format in structured mode, batches of it, and the parts of the binary
 * mode.
 *
 * <p>{@code id}, {@code type}, {@code time} and {@code data} are the event's own, {@code source} is given. What the standard
 * does not know are extensions: {@code eventversion}, {@code eventdepth}, {@code correlationid} and {@code causationid},
 * {@code partitionkey} with {@code keytype}. An attribute whose name the standard allows is an extension of that name
 * ({@code traceparent}, {@code tracestate}); all others stand together in {@code eventattributes}, an object in a string.
 *
 * <p>Events of others: an {@code id} that is no UUID becomes one made of it and the source; it, a foreign {@code source},
 * {@code subject} and {@code dataschema} are kept as attributes with the prefix {@code cloudevents.}, and written back. A
 * missing {@code eventversion} is 1, a missing {@code correlationid} the id; {@code time} must be there. Extensions that are
 * numbers or truths become texts. Bounds and refusals are those of {@link JacksonEventCodec}. Thread-safe.
 *
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md">JSON event format</a>
 * @since 0.1
 */
public final class CloudEventsCodec implements EventCodec {
    private final int maxBytes;
    private final Scan scan;
    private final CloudEventForm form;
    private final Payloads payloads;
    private final JsonEvents events;

    private CloudEventsCodec(URI source, EventTypes types, CodecOptions options) {
        if (source.toString().isEmpty()) {
            throw new ConfigurationException("source must not be empty; name where the events come from");
        }
        this.maxBytes = options.maxBytes();
        Registry registry = types.registry();
        JsonMapper mapper = Mappers.mapper(options, new PayloadIntrospector());
        this.scan = new Scan(Mappers.scanner(options));
        this.form = new CloudEventForm(scan, registry, mapper, source);
        this.payloads = new Payloads(registry, mapper);
        this.events = new JsonEvents(form, payloads, mapper, maxBytes);
    }

    /**
     * Creates a codec with the default bounds.
     *
     * @param source where the events come from, for instance {@code /billing}
     * @param types what it can write and read
     * @return the codec
     * @throws ConfigurationException if the types have gaps or the source is empty
     */
    public static CloudEventsCodec of(URI source, EventTypes types) {
        return of(source, types, CodecOptions.options());
    }

    /**
     * Creates a codec.
     *
     * @param source where the events come from, for instance {@code /billing}
     * @param types what it can write and read
     * @param options bounds and choices; a batch is bounded like one event
     * @return the codec
     * @throws ConfigurationException if the types have gaps or the source is empty
     */
    public static CloudEventsCodec of(URI source, EventTypes types, CodecOptions options) {
        return new CloudEventsCodec(source, types, options);
    }

    @Override
    public String contentType() {
        return "application/cloudevents+json";
    }

    @Override
    public byte[] encode(EventEnvelope<?> event) {
        return events.write(event);
    }

    @Override
    public List<EventEnvelope<?>> decodeAll(byte[] data) {
        return events.read(Input.of(data, maxBytes));
    }

    @Override
    public List<EventEnvelope<?>> decodeAll(InputStream in) throws IOException {
        return events.read(Input.of(in, maxBytes));
    }

    @Override
    public List<EventEnvelope<?>> decodeAll(Reader in) throws IOException {
        return events.read(Input.of(in, maxBytes));
    }

    /**
     * Writes several events as one batch.
     *
     * @param batch the events, in their order
     * @return an array of CloudEvents, of type {@code application/cloudevents-batch+json}
     * @throws dev.eventbus.spi.EventEncodeException if one of them cannot be written, or all of them together could not be
     *         read again
     */
    public byte[] encodeBatch(List<? extends EventEnvelope<?>> batch) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write('[');
        for (int i = 0; i < batch.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            out.writeBytes(encode(batch.get(i)));
        }
        out.write(']');
        return batch.isEmpty()
                ? out.toByteArray()
                : events.boundedBatch(batch.getLast().metadata(), out.toByteArray());
    }

    /**
     * Reads a batch: all of it or nothing.
     *
     * @param data an array of CloudEvents
     * @return the events in their order
     * @throws EventDecodeException if one of them cannot be read; holds the whole batch, and its path begins with the place in it
     */
    public List<EventEnvelope<?>> decodeBatch(byte[] data) {
        byte[] batch = Input.of(data, maxBytes);
        List<EventEnvelope<?>> all = new ArrayList<>();
        List<Scan.Range> ranges = ranges(batch);
        for (int i = 0; i < ranges.size(); i++) {
            try {
                all.addAll(events.read(batch, ranges.get(i)));
            } catch (EventDecodeException failure) {
                throw new EventDecodeException(new DecodeFinding(failure.problem(),
                        "$[" + i + "]" + failure.path().substring(1), failure.text()), failure.eventId(), batch, false,
                        failure.getCause());
            }
        }
        return List.copyOf(all);
    }

    private List<Scan.Range> ranges(byte[] batch) {
        try {
            return scan.array(batch);
        } catch (Undecodable failure) {
            throw JsonEvents.undecodable(failure, null, batch);
        }
    }

    /**
     * Writes an event in two parts.
     *
     * @param event any event whose type this codec knows
     * @return attributes and data of the binary mode
     * @throws dev.eventbus.spi.EventEncodeException if the type is not known or the payload cannot be written
     */
    public CloudEventParts encodeParts(EventEnvelope<?> event) {
        Map<String, String> attributes = new HashMap<>();
        form.attributes(event.metadata(), payloads.shapeOf(event.metadata(), event.payload()))
                .forEach((name, value) -> attributes.put(name, value.toString()));
        return new CloudEventParts(attributes, events.writePayload(event));
    }

    /**
     * Reads what stands for one event in two parts.
     *
     * @param parts attributes and data of the binary mode
     * @return the events that came of it: one, or several, or none if an upcaster decided so
     * @throws EventDecodeException if they cannot be read; holds the data
     */
    public List<EventEnvelope<?>> decodeParts(CloudEventParts parts) {
        byte[] data = Input.of(parts.data(), maxBytes);
        try {
            bound(parts.attributes());
            Map<String, Object> scalars = new HashMap<>(parts.attributes());
            number(scalars, "eventversion");
            number(scalars, "eventdepth");
            scan.value(data);
            return events.read(new Fields(scalars, Map.of(), new Scan.Range(0, data.length), null), data);
        } catch (Undecodable failure) {
            throw JsonEvents.undecodable(failure, null, data);
        }
    }

    /** Attributes come from outside as data do. */
    private void bound(Map<String, String> attributes) {
        long length = 0;
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            length += attribute.getKey().length() + (long) attribute.getValue().length();
        }
        if (length > maxBytes) {
            throw new Undecodable(DecodeProblem.LIMIT, "$",
                    "must have at most " + maxBytes + " characters of attributes");
        }
    }

    private static void number(Map<String, Object> scalars, String name) {
        try {
            scalars.computeIfPresent(name, (same, text) -> Integer.valueOf(text.toString()));
        } catch (NumberFormatException malformed) {
            throw new Undecodable(new DecodeFinding(DecodeProblem.WRONG_TYPE, "$." + name,
                    "must be a whole number of 32 bits"), null);
        }
    }
}
