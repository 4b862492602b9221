/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.subscribe;

import dev.eventbus.event.EventEnvelope;
import dev.eventbus.publish.EventPublisher;

/**
 * One attempt to deliver one event to one subscription, as its handler sees it.
 *
 * <p>Immutable; it may be kept after the handler has returned.
 *
 * @param <E> type of the payload
 * @since 0.1
 */
public interface Delivery<E> {
    /**
     * Returns what was published.
     *
     * @return the payload
     */
    E payload();

    /**
     * Returns what was published, with its metadata.
     *
     * @return the envelope
     */
    EventEnvelope<E> event();

    /**
     * Returns the number of this attempt.
     *
     * @return counted from 1, on over retries and redrives
     */
    int attempt();

    /**
     * Names the subscription.
     *
     * @return its name
     */
    String subscription();

    /**
     * Returns the bus that delivers.
     *
     * @return publishes what follows from this event
     */
    EventPublisher publisher();
}
