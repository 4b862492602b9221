/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ext.javatime.deser.InstantDeserializer;

/** Reads times of ISO 8601, those as we write them faster; a component with a format of its own gets Jackson's reader. */
final class ReadInstants extends InstantDeserializer<Instant> {
    ReadInstants() {
        super(InstantDeserializer.INSTANT, DateTimeFormatter.ISO_INSTANT);
    }

    @Override
    protected Instant _fromString(JsonParser parser, DeserializationContext context, String text) {
        Instant read = TimeText.read(text);
        return read == null ? parse(context, text) : read;
    }

    /** Jackson's own reading takes digits for seconds. */
    private Instant parse(DeserializationContext context, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException malformed) {
            return (Instant) context.handleWeirdStringValue(Instant.class, text, "is no time");
        }
    }
}
