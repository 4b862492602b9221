/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import dev.eventbus.event.EventEnvelope;
import dev.eventbus.event.Metadata;
import dev.eventbus.spi.DecodeFinding;
import dev.eventbus.spi.EventDecodeException;
import dev.eventbus.spi.EventEncodeException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.util.BufferRecycler;
import tools.jackson.core.util.ByteArrayBuilder;
import tools.jackson.databind.json.JsonMapper;

/** Writes and reads events in one form. Immutable. */
final class JsonEvents {
    private final Form form;
    private final Payloads payloads;
    private final JsonMapper mapper;
    private final int maxBytes;

    JsonEvents(Form form, Payloads payloads, JsonMapper mapper, int maxBytes) {
        this.form = form;
        this.payloads = payloads;
        this.mapper = mapper;
        this.maxBytes = maxBytes;
    }

    byte[] write(EventEnvelope<?> event) {
        Metadata metadata = event.metadata();
        Object payload = event.payload();
        TypeVersion shape = payloads.shapeOf(metadata, payload);
        BufferRecycler buffers = mapper.tokenStreamFactory()._getBufferRecycler();
        try (ByteArrayBuilder out = new ByteArrayBuilder(buffers)) {
            write(out, metadata, shape, payload);
            return bounded(metadata, out.getClearAndRelease());
        } catch (JacksonException unwritable) {
            throw unwritable(metadata, unwritable);
        } finally {
            buffers.releaseToPool();
        }
    }

    private void write(OutputStream out, Metadata metadata, TypeVersion shape, Object payload) {
        try (JsonGenerator json = mapper.createGenerator(out)) {
            json.writeStartObject();
            form.write(json, metadata, shape);
            json.writeName(form.payload());
            payloads.writer(payload).writeValue(json, payload);
            json.writeEndObject();
        }
    }

    byte[] writePayload(EventEnvelope<?> event) {
        try {
            return bounded(event.metadata(), payloads.writer(event.payload()).writeValueAsBytes(event.payload()));
        } catch (JacksonException unwritable) {
            throw unwritable(event.metadata(), unwritable);
        }
    }

    /** Jackson's own words may quote values, so only the place and what the user's code threw are told. */
    private static EventEncodeException unwritable(Metadata metadata, JacksonException failure) {
        return new EventEncodeException(metadata,
                Findings.path(failure.getPath()) + " of the payload has no form in JSON ("
                        + failure.getClass().getSimpleName() + ")",
                failure.getCause() instanceof JacksonException
                        ? null
                        : failure.getCause());
    }

    private byte[] bounded(Metadata metadata, byte[] data) {
        if (data.length > maxBytes) {
            throw new EventEncodeException(metadata,
                    "has " + data.length + " bytes and could not be read again; it must have "
                            + "at most " + maxBytes,
                    null);
        }
        return data;
    }

    List<EventEnvelope<?>> read(byte[] data) {
        return read(data, new Scan.Range(0, data.length));
    }

    List<EventEnvelope<?>> read(byte[] data, Scan.Range range) {
        Fields fields;
        try {
            fields = form.fields(data, range, this::inPlace);
        } catch (Undecodable failure) {
            throw undecodable(failure, null, data);
        }
        return read(fields, data);
    }

    private @Nullable Object inPlace(Map<String, Object> scalars, JsonParser parser) {
        TypeVersion shape = form.shapeOrNull(scalars);
        return shape == null ? null : payloads.readInPlace(shape, parser);
    }

    List<EventEnvelope<?>> read(Fields fields, byte[] data) {
        try {
            Metadata metadata = form.metadata(fields);
            Form.Body body = form.body(fields, data);
            Object payload = fields.read();
            if (payload != null) {
                return List.of(EventEnvelope.of(metadata, payload));
            }
            return events(metadata, payloads.read(new TypeVersion(metadata.type(), metadata.version()), body));
        } catch (Undecodable failure) {
            throw undecodable(failure, form.idOrNull(fields), data);
        }
    }

    static EventDecodeException undecodable(Undecodable failure, @Nullable UUID id, byte[] data) {
        DecodeFinding finding = failure.finding();
        return new EventDecodeException(finding, id, data, false, failure.getCause());
    }

    private static List<EventEnvelope<?>> events(Metadata metadata, List<Payloads.Part> parts) {
        List<EventEnvelope<?>> events = new ArrayList<>(parts.size());
        for (Payloads.Part part : parts) {
            events.add(EventEnvelope.of(partOf(metadata, part.shape(), events.size()), part.payload()));
        }
        return List.copyOf(events);
    }

    private static Metadata partOf(Metadata whole, TypeVersion shape, int index) {
        if (index == 0 && whole.version() == shape.version() && whole.type().equals(shape.name())) {
            return whole;
        }
        return new Metadata(index == 0 ? whole.id() : partId(whole.id(), index), shape.name(), shape.version(),
                whole.timestamp(), whole.correlationId(), whole.causationId(), whole.depth(), whole.key(),
                whole.attributes());
    }

    /** The same at every reading, so that what is done once per event id is done once per part. */
    private static UUID partId(UUID whole, int index) {
        return UUID.nameUUIDFromBytes((whole + "/" + index).getBytes(StandardCharsets.UTF_8));
    }
}
