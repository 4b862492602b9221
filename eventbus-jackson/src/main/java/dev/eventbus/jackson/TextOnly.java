/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.time.Month;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.ZonedDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.deser.std.DelegatingDeserializer;

/**
 * Reads times and ids from text alone, and no number as one that it is not.
 *
 * <p>Jackson also takes numbers, arrays and digits as times, whatever they are then, Base64 as an id, and a number that is too
 * large for a double as infinity: settings of conversions do not reach these. Immutable.
 */
final class TextOnly extends ValueDeserializerModifier {
    private static final long serialVersionUID = 1L;

    @Override
    public ValueDeserializer<?> modifyDeserializer(DeserializationConfig config, BeanDescription.Supplier description,
            ValueDeserializer<?> reader) {
        Class<?> type = reader.handledType();
        if (type == null) {
            return reader;
        }
        // years and months are written as numbers
        boolean isTime = type.getPackageName().equals("java.time") && type != Year.class && type != Month.class;
        return isTime || type == UUID.class || isFraction(type) ? new Strict(reader) : reader;
    }

    private static boolean isFraction(Class<?> type) {
        return type == double.class || type == Double.class || type == float.class || type == Float.class;
    }

    private static final JsonFormat.Value NO_FORMAT = JsonFormat.Value.empty();

    private static final class Strict extends DelegatingDeserializer {
        Strict(ValueDeserializer<?> reader) {
            super(reader);
        }

        @Override
        protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> reader) {
            return new Strict(reader);
        }

        /** A component with a format of its own is read as that says. */
        @Override
        public ValueDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty component) {
            ValueDeserializer<?> reader = super.createContextual(context, component);
            return component == null
                    || component.findPropertyFormat(context.getConfig(), handledType()).equals(NO_FORMAT)
                            ? reader
                            : ((Strict) reader).getDelegatee();
        }

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context) {
            JsonToken token = parser.currentToken();
            if (isFraction(handledType())) {
                Object read = super.deserialize(parser, context);
                return token.isNumeric() && Double.isInfinite(((Number) read).doubleValue()) ? refuse(context) : read;
            }
            return token == JsonToken.VALUE_STRING && isWhole(parser.getString())
                    ? super.deserialize(parser, context)
                    : refuse(context);
        }

        private boolean isWhole(String text) {
            if (handledType() == OffsetDateTime.class || handledType() == ZonedDateTime.class) {
                return text.indexOf('T') > 0;
            }
            return handledType() != UUID.class || text.indexOf('-') > 0;
        }

        private Object refuse(DeserializationContext context) {
            return context.reportInputMismatch(handledType(), "has another form");
        }
    }
}
