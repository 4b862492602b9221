/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import dev.eventbus.spi.DecodeProblem;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the outermost object of an event holds: scalars by name (nulls are left out), one object of texts, and where the payload
 * lies, with the object that it became if it was read in its place.
 */
record Fields(Map<String, Object> scalars, Map<String, String> texts, Scan.@Nullable Range payload,
        @Nullable Object read) {
    /** Stands for a value that is neither text nor a small whole number nor a truth. */
    static final Object OTHER = new Object();

    String text(String name) {
        String value = textOrNull(name);
        if (value == null) {
            throw new Undecodable(DecodeProblem.MISSING_FIELD, "$." + name, "must be there");
        }
        return value;
    }

    @Nullable String textOrNull(String name) {
        Object value = scalars.get(name);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw new Undecodable(DecodeProblem.WRONG_TYPE, "$." + name, "must be a string");
    }

    int number(String name) {
        Object value = scalars.get(name);
        if (value instanceof Integer number) {
            return number;
        }
        throw value == null
                ? new Undecodable(DecodeProblem.MISSING_FIELD, "$." + name, "must be there")
                : new Undecodable(DecodeProblem.WRONG_TYPE, "$." + name, "must be a whole number of 32 bits");
    }
}
