/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.event;

import dev.eventbus.event.EventType;
import dev.eventbus.internal.check.Checks;

/**
 * Name and version of a payload's type; holds no class, so that a cache of it pins none.
 *
 * <p>Immutable.
 *
 * @param name of 1 to 256 printable characters
 * @param version at least 1
 */
public record PayloadType(String name, int version) {
    /** Creates a type. */
    public PayloadType {
        Checks.name(name, "EventType.name");
        Checks.atLeast(version, 1, "EventType.version");
    }

    /**
     * Reads the type of a class.
     *
     * @param type class of a payload
     * @return what its annotation says, or its binary name and 1
     */
    public static PayloadType of(Class<?> type) {
        EventType declared = type.getAnnotation(EventType.class);
        return declared == null
                ? new PayloadType(Checks.shortened(type.getName()), 1)
                : new PayloadType(declared.name(), declared.version());
    }
}
