/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import dev.eventbus.event.EventEnvelope;
import dev.eventbus.publish.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What became of one event until now, as {@link RecordedEvents} saw it.
 *
 * <p>Immutable.
 *
 * @param number place among the accepted events, from 1
 * @param event the event
 * @param cause number of the event in whose handler it was published; empty at the root, or if that was not recorded
 * @param deliveries how many deliveries it opened
 * @param attempts how many attempts each subscription has begun, in the order of their first
 * @param outcomes how deliveries have ended, by subscription; of a further round the last
 * @param <E> type of the payload
 * @since 0.1
 */
public record RecordedEvent<E>(int number, EventEnvelope<E> event, Optional<Integer> cause,
        int deliveries, Map<String, Integer> attempts, Map<String, Outcome> outcomes) {
    /**
     * Returns the payload.
     *
     * @return the user's object
     */
    public E payload() {
        return event.payload();
    }

    /**
     * Names the subscriptions that have handled it.
     *
     * @return names, in the order in which they came to it
     */
    public List<String> handledBy() {
        return outcomes.entrySet().stream().filter(end -> end.getValue() == Outcome.HANDLED).map(Map.Entry::getKey)
                .toList();
    }

    /**
     * Tells whether a delivery has begun or was opened that has not ended.
     *
     * @return true while one is open
     */
    public boolean isOpen() {
        return outcomes.size() < deliveries;
    }

    /**
     * Says what became of it in each subscription that has come to it, in one line.
     *
     * @return number, type, and the state of each delivery
     */
    public String describe() {
        return CausalTree.line(this);
    }

    /** Names number and type; the payload is the user's and is never printed. */
    @Override
    public String toString() {
        return "#" + number + " " + event.payload().getClass().getSimpleName();
    }
}
