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
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
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
        } catch (RuntimeException unwritable) {
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
        } catch (RuntimeException unwritable) {
            throw unwritable(event.metadata(), unwritable);
        }
    }

    /** Jackson's own words may quote values, so only the place and what the user's code threw are told. */
    private static EventEncodeException unwritable(Metadata metadata, RuntimeException failure) {
        return switch (failure) {
            case EventEncodeException told -> told;
            case JacksonException found -> new EventEncodeException(metadata,
                    Findings.path(found.getPath()) + " of the payload has no form in JSON ("
                            + found.getClass().getSimpleName() + ")",
                    found.getCause() instanceof JacksonException
                            ? null
                            : found.getCause());
            default -> new EventEncodeException(metadata, "$ of the payload has no form in JSON", failure);
        };
    }

    /** Returns what was written, if the bounds let it be read again. */
    private byte[] bounded(Metadata metadata, byte[] data) {
        if (data.length > maxBytes) {
            throw new EventEncodeException(metadata,
                    "has " + data.length + " bytes and could not be read again; it must have "
                            + "at most " + maxBytes,
                    null);
        }
        StreamReadConstraints bounds = mapper.tokenStreamFactory().streamReadConstraints();
        if (data.length > bounds.getMaxTokenCount() || holdsLongNumber(data, bounds.getMaxNumberLength())) {
            checkTokens(metadata, data);
        }
        return data;
    }

    /** Returns what was written of several events, if it can be read again whole. */
    byte[] boundedBatch(Metadata last, byte[] data) {
        byte[] bounded = bounded(last, data);
        checkTokens(last, bounded);
        return bounded;
    }

    /** Whether there may be a number of more digits: of any row so long, one in so many bytes is seen. */
    private static boolean holdsLongNumber(byte[] data, int most) {
        for (int i = most; i < data.length; i += most + 1) {
            if (isOfNumber(data[i])) {
                int start = i;
                while (start > 0 && isOfNumber(data[start - 1])) {
                    start--;
                }
                int end = i;
                while (end < data.length && isOfNumber(data[end])) {
                    end++;
                }
                if (end - start > most) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isOfNumber(byte one) {
        return (one >= '0' && one <= '9') || one == '.' || one == '-' || one == '+' || one == 'E' || one == 'e';
    }

    private void checkTokens(Metadata metadata, byte[] data) {
        try (JsonParser parser = mapper.createParser(data)) {
            JsonToken token = parser.nextToken();
            while (token != null) {
                token = parser.nextToken();
            }
        } catch (StreamConstraintsException beyond) {
            throw new EventEncodeException(metadata, "is deeper, has more names and values or longer numbers than the "
                    + "bounds of the codec allow, and could not be read again", null);
        }
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
