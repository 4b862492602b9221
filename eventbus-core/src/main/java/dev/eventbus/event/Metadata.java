/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.event;

import dev.eventbus.error.ConfigurationException;
import dev.eventbus.internal.check.Checks;
import dev.eventbus.internal.check.Printable;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tells what an event is, when it was published and what it follows from.
 *
 * <p>Causation leads one step back (the event in whose handler this one was published), correlation leads to the root:
 * all events of one operation share it. Immutable.
 *
 * @param id identity of the event; a UUIDv7 (RFC 9562) of the bus unless the publisher gave one
 * @param type name of the payload's type, see {@link EventType}
 * @param version version of the payload's type, at least 1
 * @param timestamp wall-clock time of the publish; to the millisecond unless the publisher gave one
 * @param correlationId shared by all events of one operation; the root's own id unless the publisher gave one
 * @param causationId id of the event that led to this one, or null at the root
 * @param depth how many events led to this one; 0 at the root
 * @param key what the event is about, for order and routing: a String, Long, Integer, UUID or enum constant, or null
 * @param attributes names and values of the user, in no order
 * @since 0.1
 */
public record Metadata(UUID id, String type, int version, Instant timestamp, String correlationId,
        @Nullable UUID causationId, int depth, @Nullable Object key, Map<String, String> attributes) {
    /**
     * Creates metadata.
     *
     * @throws ConfigurationException if the version is below 1, the depth negative or the key of no known type
     */
    public Metadata {
        Checks.notNull(id, "id");
        Checks.name(type, "type");
        Checks.atLeast(version, 1, "version");
        Checks.notNull(timestamp, "timestamp");
        Checks.name(correlationId, "correlationId");
        Checks.atLeast(depth, 0, "depth");
        if (key != null) {
            Checks.key(key);
        }
        attributes = Map.copyOf(Checks.notNull(attributes, "attributes"));
    }

    /** Names everything but the values of attributes, which may be the user's secrets. */
    @Override
    public String toString() {
        return "Metadata[id=" + id + ", type=" + type + ", version=" + version + ", timestamp=" + timestamp
                + ", correlationId=" + correlationId + ", causationId=" + causationId + ", depth=" + depth + ", key="
                + Printable.key(key) + ", attributes=" + attributes.keySet() + "]";
    }
}
