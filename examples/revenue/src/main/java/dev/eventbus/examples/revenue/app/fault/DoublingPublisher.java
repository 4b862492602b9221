/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.fault;

import dev.eventbus.examples.revenue.invoice.InvoiceCreated;
import dev.eventbus.examples.revenue.invoice.InvoiceLine;
import dev.eventbus.publish.EventPublisher;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.publish.Receipt;
import java.util.concurrent.atomic.AtomicBoolean;

/** Publishes the first creation that is worth something a second time, under an id of its own. Thread-safe. */
final class DoublingPublisher implements EventPublisher {
    private final EventPublisher bus;
    private final AtomicBoolean doubled = new AtomicBoolean();

    DoublingPublisher(EventPublisher bus) {
        this.bus = bus;
    }

    @Override
    public Receipt publish(Object payload) {
        return publish(payload, PublishOptions.options());
    }

    @Override
    public Receipt publish(Object payload, PublishOptions options) {
        if (payload instanceof InvoiceCreated created && InvoiceLine.total(created.lines()).signum() != 0
                && doubled.compareAndSet(false, true)) {
            bus.publish(payload, options);
        }
        return bus.publish(payload, options);
    }
}
