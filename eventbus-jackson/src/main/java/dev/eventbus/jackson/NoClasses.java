/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/** Refuses classes and what Jackson knows of them as values, since reading one would load a class by a name from the input. */
final class NoClasses<T> extends StdDeserializer<T> {
    NoClasses(Class<T> type) {
        super(type);
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) {
        return context.reportInputMismatch(this, "classes are not read");
    }
}
