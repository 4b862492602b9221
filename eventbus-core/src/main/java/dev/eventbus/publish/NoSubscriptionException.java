/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.publish;

import java.io.Serial;

/**
 * Tells that no subscription matched an event, on a bus built to refuse such events.
 *
 * <p>Immutable.
 *
 * @since 0.1
 * @serial exclude
 */
public final class NoSubscriptionException extends PublishRejectedException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param bus name of the bus
     * @param type name of the event's type
     */
    public NoSubscriptionException(String bus, String type) {
        super(bus, type,
                "Bus '" + bus + "' rejected an event (" + type + "): no subscription matches it and the policy is "
                        + NoSubscription.THROW + "; subscribe to the type first or choose NoSubscription.IGNORE",
                null);
    }
}
