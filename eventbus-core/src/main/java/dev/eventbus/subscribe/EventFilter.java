/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.subscribe;

import dev.eventbus.event.EventEnvelope;

/**
 * Decides whether a subscription wants an event.
 *
 * <p>Runs in the publisher's thread before the event is accepted, by several threads concurrently. One that throws
 * makes the event a dead letter of this subscription (thrown to the publisher in propagate mode) and touches no other.
 *
 * @param <E> type of the payload
 * @since 0.1
 */
@FunctionalInterface
public interface EventFilter<E> {
    /**
     * Decides.
     *
     * @param event what was published
     * @return false to leave it out
     */
    boolean wants(EventEnvelope<E> event);
}
