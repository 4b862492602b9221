/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.observe;

import dev.eventbus.event.EventEnvelope;

/**
 * One delivery that a shutdown cut off at its deadline.
 *
 * <p>Its text names id and type of the event, never the payload. Immutable.
 *
 * @param event what was to be delivered; still usable, for instance to publish its payload again with its id
 * @param subscription to whom
 * @param state where the deadline found it
 * @param attempts attempts that had failed before; an interrupted one is not counted
 * @since 0.1
 */
public record ReturnedDelivery(EventEnvelope<?> event, String subscription, State state, int attempts) {
    /** Where a delivery was when the deadline came. */
    public enum State {
        /** Its handler had not been called. */
        WAITING,
        /** Its handler was running and was interrupted: the effect may or may not have happened. */
        RUNNING,
        /** An attempt had failed and the next had not begun. */
        BACKING_OFF
    }
}
