/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.redrive;

import dev.eventbus.event.EventEnvelope;
import dev.eventbus.event.Metadata;
import java.util.UUID;

/**
 * The event of a letter with another payload. Its text leaves the payload out. Immutable.
 *
 * @param metadata as it was published, but for the type where the payload is of another class
 * @param payload the new one
 */
record EditedEvent(Metadata metadata, Object payload) implements EventEnvelope<Object> {
    @Override
    public UUID id() {
        return metadata.id();
    }

    @Override
    public String toString() {
        return "Event[id=" + id() + ", type=" + metadata.type() + "]";
    }
}
