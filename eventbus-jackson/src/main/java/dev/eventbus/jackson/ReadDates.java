/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.time.DateTimeException;
import java.time.LocalDate;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ext.javatime.deser.LocalDateDeserializer;

/** Reads dates of ISO 8601, those of four-digit years faster; a component with a format of its own gets Jackson's reader. */
final class ReadDates extends LocalDateDeserializer {
    /** Called for every component: any shape is no shape of its own. */
    @Override
    protected LocalDateDeserializer withShape(JsonFormat.Shape shape) {
        return shape == JsonFormat.Shape.ANY ? this : super.withShape(shape);
    }

    @Override
    protected LocalDate _fromString(JsonParser parser, DeserializationContext context, String text) {
        LocalDate read = TimeText.date(text);
        return read == null ? parse(context, text) : read;
    }

    /** Jackson's own reading leaves a time behind the date out. */
    private LocalDate parse(DeserializationContext context, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException malformed) {
            return (LocalDate) context.handleWeirdStringValue(LocalDate.class, text, "is no date");
        }
    }
}
