/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.publish;

import dev.eventbus.error.ConfigurationException;
import dev.eventbus.internal.check.Checks;
import dev.eventbus.internal.check.Printable;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Metadata that the publisher gives an event instead of the bus.
 *
 * <p>What is left out the bus decides. A value is refused when it is set, not when it is published. Immutable: each
 * method returns another value, so options can be kept and shared.
 *
 * @since 0.1
 */
public final class PublishOptions {
    /** Most attributes that an event can have. */
    public static final int MAX_ATTRIBUTES = 64;

    private static final int MAX_ATTRIBUTE_VALUE = 8_192;
    private static final PublishOptions NONE = new PublishOptions(null, null, null, null, null, null, Map.of());

    private final @Nullable UUID id;
    private final @Nullable String correlationId;
    private final @Nullable UUID causationId;
    private final @Nullable Instant timestamp;
    private final @Nullable Object key;
    private final @Nullable Duration expiresAfter;
    private final Map<String, String> attributes;

    private PublishOptions(@Nullable UUID id, @Nullable String correlationId, @Nullable UUID causationId,
            @Nullable Instant timestamp, @Nullable Object key, @Nullable Duration expiresAfter,
            Map<String, String> attributes) {
        this.id = id;
        this.correlationId = correlationId;
        this.causationId = causationId;
        this.timestamp = timestamp;
        this.key = key;
        this.expiresAfter = expiresAfter;
        this.attributes = attributes;
    }

    /**
     * Returns options that change nothing.
     *
     * @return empty options
     */
    public static PublishOptions options() {
        return NONE;
    }

    /**
     * Gives the event an id that it already has elsewhere.
     *
     * <p>It is taken as it is: the bus promises neither order nor uniqueness for it.
     *
     * @param value the id
     * @return options with it
     */
    public PublishOptions id(UUID value) {
        return new PublishOptions(Checks.notNull(value, "id"), correlationId, causationId, timestamp, key, expiresAfter,
                attributes);
    }

    /**
     * Names the operation that the event belongs to, for instance a request id.
     *
     * @param value 1 to 256 printable characters
     * @return options with it
     */
    public PublishOptions correlationId(String value) {
        return new PublishOptions(id, Checks.name(value, "correlationId"), causationId, timestamp, key, expiresAfter,
                attributes);
    }

    /**
     * Names the event that led to this one, when it was not handled by this bus.
     *
     * @param value id of that event
     * @return options with it
     */
    public PublishOptions causationId(UUID value) {
        return new PublishOptions(id, correlationId, Checks.notNull(value, "causationId"), timestamp, key, expiresAfter,
                attributes);
    }

    /**
     * Says when the event happened, when it was not now.
     *
     * @param value wall-clock time
     * @return options with it
     */
    public PublishOptions timestamp(Instant value) {
        return new PublishOptions(id, correlationId, causationId, Checks.notNull(value, "timestamp"), key,
                expiresAfter, attributes);
    }

    /**
     * Says what the event is about.
     *
     * @param value a String of 1 to 256 printable characters, Long, Integer, UUID or enum constant
     * @return options with it
     */
    public PublishOptions key(Object value) {
        return new PublishOptions(id, correlationId, causationId, timestamp, Checks.key(value), expiresAfter,
                attributes);
    }

    /**
     * Bounds the time in which the event is worth handling: a delivery whose first attempt would begin later ends as
     * expired, and one that has failed before becomes a dead letter instead of being attempted again.
     *
     * <p>Counts from the publish on the clock that never goes back, while the subscription is paused or behind a breaker
     * too. A redrive asks for none.
     *
     * @param value more than zero
     * @return options with it
     */
    public PublishOptions expiresAfter(Duration value) {
        return new PublishOptions(id, correlationId, causationId, timestamp, key,
                Checks.positive(value, "expiresAfter"),
                attributes);
    }

    /**
     * Adds an attribute; the last value for a name wins.
     *
     * @param name 1 to 256 printable characters
     * @param value at most 8,192 printable characters
     * @return options with it
     * @throws ConfigurationException if there would be more than {@value #MAX_ATTRIBUTES}
     */
    public PublishOptions attribute(String name, String value) {
        Map<String, String> more = new HashMap<>(attributes);
        more.put(Checks.name(name, "attribute name"), Checks.text(value, MAX_ATTRIBUTE_VALUE, "attribute value"));
        if (more.size() > MAX_ATTRIBUTES) {
            throw new ConfigurationException("attributes must be <= " + MAX_ATTRIBUTES + ", were " + more.size()
                    + "; put the data into the payload");
        }
        return new PublishOptions(id, correlationId, causationId, timestamp, key, expiresAfter, Map.copyOf(more));
    }

    /**
     * Returns the explicit id.
     *
     * @return the id, or null to let the bus make one
     */
    public @Nullable UUID id() {
        return id;
    }

    /**
     * Returns the explicit correlation id.
     *
     * @return the correlation id, or null to inherit it
     */
    public @Nullable String correlationId() {
        return correlationId;
    }

    /**
     * Returns the explicit causation id.
     *
     * @return the causation id, or null to inherit it
     */
    public @Nullable UUID causationId() {
        return causationId;
    }

    /**
     * Returns the explicit time.
     *
     * @return the time, or null for now
     */
    public @Nullable Instant timestamp() {
        return timestamp;
    }

    /**
     * Returns the key.
     *
     * @return the key, or null for none
     */
    public @Nullable Object key() {
        return key;
    }

    /**
     * Returns the time to live.
     *
     * @return more than zero, or null for ever
     */
    public @Nullable Duration expiresAfter() {
        return expiresAfter;
    }

    /**
     * Returns the attributes.
     *
     * @return an unmodifiable map, empty when there are none
     */
    public Map<String, String> attributes() {
        return attributes;
    }

    @Override
    public String toString() {
        return "PublishOptions[id=" + id + ", correlationId=" + correlationId + ", causationId=" + causationId
                + ", timestamp=" + timestamp + ", key=" + Printable.key(key) + ", expiresAfter=" + expiresAfter
                + ", attributes=" + attributes.keySet()
                + "]";
    }
}
