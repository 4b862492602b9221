/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/** Reads a payload where a scan meets it, if what stands before it tells the type. */
@FunctionalInterface
interface InPlace {
    /** Leaves every payload. */
    InPlace NEVER = (scalars, parser) -> null;

    /**
     * Reads the object that the parser stands on, to its end, or leaves it.
     *
     * @param scalars fields that stand before it
     * @param parser stands on its first bracket
     * @return the payload, or null if it was left
     */
    @Nullable Object read(Map<String, Object> scalars, JsonParser parser);
}
