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

/** Loses the first creation that is worth something. Thread-safe. */
final class DroppingPublisher implements EventPublisher {
    private final EventPublisher bus;
    private final AtomicBoolean dropped = new AtomicBoolean();

    DroppingPublisher(EventPublisher bus) {
        this.bus = bus;
    }

    @Override
    public Receipt publish(Object payload) {
        return publish(payload, PublishOptions.options());
    }

    @Override
    public Receipt publish(Object payload, PublishOptions options) {
        boolean drop = payload instanceof InvoiceCreated created && InvoiceLine.total(created.lines()).signum() != 0
                && dropped.compareAndSet(false, true);
        return drop ? new Unpublished() : bus.publish(payload, options);
    }
}
