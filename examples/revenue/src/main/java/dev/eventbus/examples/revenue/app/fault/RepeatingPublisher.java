/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.fault;

import dev.eventbus.examples.revenue.event.InvoiceEvent;
import dev.eventbus.publish.EventPublisher;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.publish.Receipt;
import java.util.concurrent.atomic.AtomicLong;

/** Publishes a share of the events of invoices, evenly spread, a second time with the same id. Thread-safe. */
public final class RepeatingPublisher implements EventPublisher {
    private final EventPublisher bus;
    private final double rate;
    private final AtomicLong count = new AtomicLong();

    /**
     * Creates the publisher.
     *
     * @param bus where the events go
     * @param rate share of the events, 0 to 1; with 0.1 every tenth
     */
    public RepeatingPublisher(EventPublisher bus, double rate) {
        this.bus = bus;
        this.rate = rate;
    }

    @Override
    public Receipt publish(Object payload) {
        return publish(payload, PublishOptions.options());
    }

    @Override
    public Receipt publish(Object payload, PublishOptions options) {
        Receipt receipt = bus.publish(payload, options);
        if (payload instanceof InvoiceEvent && isDue(count.incrementAndGet())) {
            bus.publish(payload, options.id(receipt.eventId()));
        }
        return receipt;
    }

    private boolean isDue(long nth) {
        return Math.floor(nth * rate) > Math.floor((nth - 1) * rate);
    }
}
