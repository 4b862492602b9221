/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import dev.eventbus.event.EventType;
import org.jspecify.annotations.Nullable;

/** A class under its name; the name is null where nobody gave one. Immutable. */
record RegisteredType(@Nullable String name, int version, Class<?> type) {
    static RegisteredType declared(Class<?> type) {
        EventType declared = type.getAnnotation(EventType.class);
        return declared == null
                ? new RegisteredType(null, 1, type)
                : new RegisteredType(declared.name(), declared.version(), type);
    }

    boolean isNamed() {
        return name != null && !name.isBlank();
    }

    /** The name of its shape, where it has one. */
    TypeVersion shape() {
        if (name == null) {
            throw new IllegalStateException(type.getName() + " has no name");
        }
        return new TypeVersion(name, version);
    }
}
