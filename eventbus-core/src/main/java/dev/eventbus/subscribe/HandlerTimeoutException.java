/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.subscribe;

import dev.eventbus.error.EventBusException;
import java.io.Serial;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The failure of an attempt that took longer than the subscription's timeout.
 *
 * <p>Retry policies see it like any exception of the handler. Its cause is what the handler threw after the timeout, if
 * it threw. Immutable.
 *
 * @since 0.1
 * @serial exclude
 */
public final class HandlerTimeoutException extends EventBusException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Duration timeout;

    /**
     * Creates the exception.
     *
     * @param subscription name of the subscription
     * @param eventId the event
     * @param type name of the event's type
     * @param attempt number of the attempt
     * @param timeout how long it might take
     * @param thrown what the handler threw after that, or null if it returned
     */
    public HandlerTimeoutException(String subscription, UUID eventId, String type, int attempt, Duration timeout,
            @Nullable Throwable thrown) {
        super("Subscription '" + subscription + "' took longer than " + timeout + " for attempt " + attempt
                + " of event "
                + eventId + " (" + type
                + "); its late result was ignored: raise the timeout or let the handler end when it "
                + "is interrupted", thrown);
        this.timeout = timeout;
    }

    /**
     * Returns how long an attempt may take.
     *
     * @return the subscription's timeout
     */
    public Duration timeout() {
        return timeout;
    }
}
