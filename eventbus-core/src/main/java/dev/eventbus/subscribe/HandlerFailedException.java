/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.subscribe;

import dev.eventbus.error.EventBusException;
import java.io.Serial;
import java.util.UUID;

/**
 * Tells the publisher that a subscription in propagate mode gave up on an event.
 *
 * <p>The failure of the last attempt is the cause; failures of other deliveries of the same outermost publish are
 * suppressed ones. Immutable but for those.
 *
 * @since 0.1
 * @serial exclude
 */
public final class HandlerFailedException extends EventBusException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String subscription;
    private final UUID eventId;
    private final int attempts;

    /**
     * Creates the exception.
     *
     * @param subscription name of the subscription
     * @param eventId the event
     * @param type name of the event's type
     * @param attempts attempts that have failed
     * @param failure what the last one threw
     */
    public HandlerFailedException(String subscription, UUID eventId, String type, int attempts, Throwable failure) {
        super("Subscription '" + subscription + "' gave up on event " + eventId + " (" + type + ") " + after(attempts)
                + failure.getClass().getName()
                + "; it propagates failures, so handle it here or let it be dead-lettered instead", failure);
        this.subscription = subscription;
        this.eventId = eventId;
        this.attempts = attempts;
    }

    private static String after(int attempts) {
        return switch (attempts) {
            case 0 -> "before any attempt: a filter threw ";
            case 1 -> "after 1 attempt: it failed with ";
            default -> "after " + attempts + " attempts: last failure ";
        };
    }

    /**
     * Names the subscription.
     *
     * @return its name
     */
    public String subscription() {
        return subscription;
    }

    /**
     * Returns the id of the event.
     *
     * @return its id
     */
    public UUID eventId() {
        return eventId;
    }

    /**
     * Returns how often it was attempted.
     *
     * @return failed attempts; 0 if a filter threw
     */
    public int attempts() {
        return attempts;
    }
}
