/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.subscribe;

import dev.eventbus.error.EventBusException;
import java.io.Serial;

/**
 * Tells that a subscription could not be opened: its name is taken or the bus is closed.
 *
 * <p>Immutable.
 *
 * @since 0.1
 * @serial exclude
 */
public final class SubscribeRejectedException extends EventBusException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String subscription;

    private SubscribeRejectedException(String subscription, String message) {
        super(message, null);
        this.subscription = subscription;
    }

    /**
     * Creates the exception for a name that is taken.
     *
     * @param bus name of the bus
     * @param subscription name of the subscription
     * @return the exception
     */
    public static SubscribeRejectedException nameTaken(String bus, String subscription) {
        return new SubscribeRejectedException(subscription, "Bus '" + bus + "' rejected subscription '" + subscription
                + "': the name is taken by an open subscription; choose another name or close that one first");
    }

    /**
     * Creates the exception for a closed bus.
     *
     * @param bus name of the bus
     * @param subscription name of the subscription
     * @return the exception
     */
    public static SubscribeRejectedException closed(String bus, String subscription) {
        return new SubscribeRejectedException(subscription, "Bus '" + bus + "' rejected subscription '" + subscription
                + "': the bus is closed; subscribe before shutdown()");
    }

    /**
     * Names the subscription.
     *
     * @return the name that was asked for
     */
    public String subscription() {
        return subscription;
    }
}
