/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.event;

import java.util.UUID;

/**
 * Holds one published event: the user's payload and the metadata that the bus gave it.
 *
 * <p>The bus hands the payload on by reference and never copies, prints, compares or serializes it; a payload should be
 * immutable. Envelopes of the bus describe themselves by id and type alone, and equal nothing but themselves; compare metadata
 * and payload instead. Immutable.
 *
 * @param <E> type of the payload
 * @since 0.1
 */
public interface EventEnvelope<E> {
    /**
     * Returns the id of the event.
     *
     * @return the same as {@code metadata().id()}
     */
    UUID id();

    /**
     * Returns who, when and because of what.
     *
     * @return the metadata; made on demand, so keep it when it is needed more than once
     */
    Metadata metadata();

    /**
     * Returns the user's object.
     *
     * @return the object that was published, the same instance
     */
    E payload();

    /**
     * Puts together an event that no bus has published here, for instance one that was read from a file.
     *
     * <p>Two such envelopes are equal when metadata and payload are.
     *
     * @param <E> type of the payload
     * @param metadata who, when and because of what
     * @param payload the user's object
     * @return an envelope that holds both
     * @throws dev.eventbus.error.ConfigurationException if one of them is missing
     */
    static <E> EventEnvelope<E> of(Metadata metadata, E payload) {
        return new DetachedEvent<>(metadata, payload);
    }
}
