/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.KeyDeserializer;

/** Refuses classes as keys of maps, as {@link NoClasses} does as values. */
final class NoClassNames extends KeyDeserializer {
    @Override
    public Object deserializeKey(String name, DeserializationContext context) {
        return context.reportInputMismatch(Class.class, "classes are not read");
    }
}
