/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.fault;

import dev.eventbus.publish.EventPublisher;

/** A fault at the bus's door that one of the checks has to find. */
public enum Plant {
    /** One event is lost. */
    DROP,
    /** One event comes once more as if it were another. */
    DUPLICATE,
    /** An invoice is updated before it is created. */
    SWAP;

    /**
     * Puts the fault before the bus.
     *
     * @param bus where the events go
     * @return where they are published
     */
    public EventPublisher before(EventPublisher bus) {
        return switch (this) {
            case DROP -> new MiscountingPublisher(bus, 0);
            case DUPLICATE -> new MiscountingPublisher(bus, 2);
            case SWAP -> new SwappingPublisher(bus);
        };
    }
}
