/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.observe;

import dev.eventbus.publish.PublishOptions;
import java.time.Instant;
import java.util.Objects;

/**
 * One scheduled publish that a shutdown withdrew: nobody got the event, and nobody will.
 *
 * <p>Its text names the type, never the payload; payloads are compared by identity alone. Immutable.
 *
 * @param type name of the event's type
 * @param due when it was due, by the wall clock as it was when it was scheduled
 * @param payload still usable, for instance to schedule it again
 * @param options explicit metadata that it was scheduled with; what it would have inherited from an event is not there
 * @since 0.1
 */
public record WithdrawnPublish(String type, Instant due, Object payload, PublishOptions options) {
    @Override
    @SuppressWarnings("ReferenceEquality") // the equals of a payload is the user's and may do anything
    public boolean equals(Object other) {
        return other instanceof WithdrawnPublish that && payload == that.payload && type.equals(that.type)
                && due.equals(that.due) && options.equals(that.options);
    }

    @Override
    public int hashCode() {
        return 31 * Objects.hash(type, due) + System.identityHashCode(payload);
    }

    @Override
    public String toString() {
        return "WithdrawnPublish[type=" + type + ", due=" + due + "]";
    }
}
