/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import dev.eventbus.error.ConfigurationException;
import dev.eventbus.event.EventEnvelope;
import dev.eventbus.spi.EventCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes each event as one JSON object, and reads it.
 *
 * <p>The form is stable: {@code id}, {@code type}, {@code version}, {@code timestamp} (ISO 8601, to the nanosecond),
 * {@code correlationId}, {@code causationId} (left out at the root), {@code depth}, {@code key} (as text) with
 * {@code keyType} ({@code long}, {@code integer}, {@code uuid} or {@code enum:} and its name; left out for text),
 * {@code attributes} (an object of texts; left out when empty) and {@code payload}. In the payload components stand in the
 * order of their declaration, maps by key, missing values as null; times are ISO 8601, numbers exact. A value whose declared
 * type is sealed names its class in {@code @type}, by {@link dev.eventbus.event.EventType} or simple name.
 *
 * <p>Reading is strict: every component must be there, nothing is converted from another form, no name may occur twice.
 * Classes come from the {@link EventTypes} alone. {@link dev.eventbus.spi.EventDecodeException#path()} counts from the
 * payload for what is wrong with its values. The payload's package must be open to Jackson where it is in a named module.
 * Thread-safe.
 *
 * @since 0.1
 */
public final class JacksonEventCodec implements EventCodec {
    private final CodecOptions options;
    private final JsonEvents events;

    private JacksonEventCodec(EventTypes types, CodecOptions options) {
        this.options = options;
        Registry registry = types.registry();
        JsonMapper mapper = Mappers.mapper(options, new PayloadIntrospector());
        JsonForm form = new JsonForm(new Scan(Mappers.scanner(options)), registry, options.unknownIgnored());
        this.events = new JsonEvents(form, new Payloads(registry, mapper), mapper, options.maxBytes());
    }

    /**
     * Creates a codec with the default bounds.
     *
     * @param types what it can write and read
     * @return the codec
     * @throws ConfigurationException if the types have gaps
     */
    public static JacksonEventCodec of(EventTypes types) {
        return of(types, CodecOptions.options());
    }

    /**
     * Creates a codec.
     *
     * @param types what it can write and read
     * @param options bounds and choices
     * @return the codec
     * @throws ConfigurationException if the types have gaps
     */
    public static JacksonEventCodec of(EventTypes types, CodecOptions options) {
        return new JacksonEventCodec(types, options);
    }

    @Override
    public String contentType() {
        return "application/json";
    }

    @Override
    public byte[] encode(EventEnvelope<?> event) {
        return events.write(event);
    }

    @Override
    public List<EventEnvelope<?>> decodeAll(byte[] data) {
        return events.read(Input.of(data, options.maxBytes()));
    }

    @Override
    public List<EventEnvelope<?>> decodeAll(InputStream in) throws IOException {
        return events.read(Input.of(in, options.maxBytes()));
    }

    @Override
    public List<EventEnvelope<?>> decodeAll(Reader in) throws IOException {
        return events.read(Input.of(in, options.maxBytes()));
    }
}
