/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.fault;

import dev.eventbus.examples.revenue.event.InvoiceCreated;
import dev.eventbus.examples.revenue.event.InvoiceEvent;
import dev.eventbus.examples.revenue.event.InvoiceKind;
import dev.eventbus.examples.revenue.event.InvoiceUpdated;
import dev.eventbus.publish.EventPublisher;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.publish.Receipt;
import java.util.HashMap;
import java.util.Map;

/**
 * Holds the creation of each invoice back until the next event of that invoice comes; the first time that this is an update, the
 * update goes first.
 *
 * <p>Not thread-safe; one thread at a time.
 */
final class SwappingPublisher implements EventPublisher {
    private final EventPublisher bus;
    private final Map<String, Held> held = new HashMap<>();
    private boolean swapped;

    SwappingPublisher(EventPublisher bus) {
        this.bus = bus;
    }

    private record Held(InvoiceCreated event, PublishOptions options) {}

    @Override
    public Receipt publish(Object payload) {
        return publish(payload, PublishOptions.options());
    }

    @Override
    public Receipt publish(Object payload, PublishOptions options) {
        if (payload instanceof InvoiceCreated created && created.document().kind() == InvoiceKind.INVOICE && !swapped) {
            held.put(created.number(), new Held(created, options));
            return new Unpublished();
        }
        Held before = payload instanceof InvoiceEvent event ? held.remove(event.number()) : null;
        return before == null ? bus.publish(payload, options) : release(before, payload, options);
    }

    private Receipt release(Held before, Object payload, PublishOptions options) {
        boolean swap = payload instanceof InvoiceUpdated && !swapped;
        swapped |= swap;
        if (!swap) {
            bus.publish(before.event(), before.options());
        }
        Receipt receipt = bus.publish(payload, options);
        if (swap) {
            bus.publish(before.event(), before.options());
        }
        return receipt;
    }
}
