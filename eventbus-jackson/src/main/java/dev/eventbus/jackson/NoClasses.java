/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/** Refuses classes as values, since reading one would load a class by a name from the input. */
final class NoClasses extends StdDeserializer<Class<?>> {
    NoClasses() {
        super(Class.class);
    }

    @Override
    public Class<?> deserialize(JsonParser parser, DeserializationContext context) {
        return context.reportInputMismatch(this, "classes are not read");
    }
}
