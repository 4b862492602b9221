/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.event;

import dev.eventbus.internal.check.Checks;
import java.util.UUID;

/**
 * An event that belongs to no bus. Its text leaves the payload out. Immutable.
 *
 * @param <E> type of the payload
 * @param metadata who, when and because of what
 * @param payload the user's object
 */
record DetachedEvent<E>(Metadata metadata, E payload) implements EventEnvelope<E> {
    /** Creates an event. */
    DetachedEvent {
        Checks.notNull(metadata, "metadata");
        Checks.notNull(payload, "payload");
    }

    @Override
    public UUID id() {
        return metadata.id();
    }

    @Override
    public String toString() {
        return "Event[id=" + id() + ", type=" + metadata.type() + "]";
    }
}
