/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.fault;

import dev.eventbus.examples.revenue.event.InvoiceCreated;
import dev.eventbus.examples.revenue.event.InvoiceLine;
import dev.eventbus.publish.EventPublisher;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.publish.Receipt;
import java.util.concurrent.atomic.AtomicBoolean;

/** Publishes the first creation that is worth something not once but some other number of times. Thread-safe. */
final class MiscountingPublisher implements EventPublisher {
    private final EventPublisher bus;
    private final int times;
    private final AtomicBoolean miscounted = new AtomicBoolean();

    MiscountingPublisher(EventPublisher bus, int times) {
        this.bus = bus;
        this.times = times;
    }

    @Override
    public Receipt publish(Object payload) {
        return publish(payload, PublishOptions.options());
    }

    @Override
    public Receipt publish(Object payload, PublishOptions options) {
        if (payload instanceof InvoiceCreated created && InvoiceLine.total(created.lines()).signum() != 0
                && miscounted.compareAndSet(false, true)) {
            Receipt last = new Unpublished();
            for (int i = 0; i < times; i++) {
                last = bus.publish(payload, options); // each under an id of its own
            }
            return last;
        }
        return bus.publish(payload, options);
    }
}
