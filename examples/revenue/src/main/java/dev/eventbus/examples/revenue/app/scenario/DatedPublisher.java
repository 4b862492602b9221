/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.scenario;

import dev.eventbus.publish.EventPublisher;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.publish.Receipt;

/** Gives events the time of an almanac, once that has been turned; until then they have that of the bus. Thread-safe. */
public final class DatedPublisher implements EventPublisher {
    private final EventPublisher bus;
    private final Almanac almanac;

    /**
     * Creates the publisher.
     *
     * @param bus where the events go
     * @param almanac knows the time
     */
    public DatedPublisher(EventPublisher bus, Almanac almanac) {
        this.bus = bus;
        this.almanac = almanac;
    }

    @Override
    public Receipt publish(Object payload) {
        return publish(payload, PublishOptions.options());
    }

    @Override
    public Receipt publish(Object payload, PublishOptions options) {
        return bus.publish(payload, almanac.dated(options));
    }
}
