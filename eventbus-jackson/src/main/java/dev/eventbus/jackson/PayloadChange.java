/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings the JSON tree of a payload from one version to the next.
 *
 * <p>May change the tree that it is given and return that. What it throws makes the event undecodable, with
 * {@link dev.eventbus.spi.DecodeProblem#UPCAST}. Called concurrently.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface PayloadChange {
    /**
     * Changes the payload.
     *
     * @param payload as it was written
     * @return as the next version would have written it
     */
    ObjectNode apply(ObjectNode payload);

    /**
     * Adds another change.
     *
     * @param next what is done after this one
     * @return both
     */
    default PayloadChange then(PayloadChange next) {
        return payload -> next.apply(apply(payload));
    }

    /**
     * Gives a field another name; where it is missing, nothing happens.
     *
     * @param from name so far
     * @param to name from now on
     * @return the change
     */
    static PayloadChange rename(String from, String to) {
        return payload -> {
            JsonNode value = payload.remove(from);
            return value == null ? payload : payload.set(to, value);
        };
    }

    /**
     * Gives a field a value where it is missing or null.
     *
     * @param field its name
     * @param value JSON: for instance {@code StringNode.valueOf("EUR")}
     * @return the change
     */
    static PayloadChange defaultValue(String field, JsonNode value) {
        return payload -> payload.hasNonNull(field) ? payload : payload.set(field, value.deepCopy());
    }

    /**
     * Leaves out a field.
     *
     * @param field its name
     * @return the change
     */
    static PayloadChange remove(String field) {
        return payload -> {
            payload.remove(field);
            return payload;
        };
    }
}
