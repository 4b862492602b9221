/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.contract;

import dev.eventbus.event.EventEnvelope;
import dev.eventbus.event.Metadata;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * An event that no bus has published. Its text names id and type, never the payload. Immutable.
 *
 * @param metadata its metadata
 * @param payload its payload
 */
record SampleEvent(Metadata metadata, Object payload) implements EventEnvelope<Object> {
    /** Creates an event of a type that follows from another one; equal numbers, equal ids. */
    static SampleEvent of(int number, String type, Object payload) {
        return new SampleEvent(new Metadata(new UUID(1, number), type, 2, Instant.ofEpochMilli(1_000L * number),
                "order-" + number, new UUID(2, number), 1, "key-" + number, Map.of("tenant", "acme")), payload);
    }

    @Override
    public UUID id() {
        return metadata.id();
    }

    @Override
    public String toString() {
        return "SampleEvent[id=" + id() + ", type=" + metadata.type() + "]";
    }
}
