/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.event;

import dev.eventbus.event.EventType;
import java.util.List;

/**
 * Articles were added to an invoice.
 *
 * @param document its head
 * @param revision place among the events of the invoice
 * @param added the new articles alone
 */
@EventType(name = "InvoiceUpdated", version = 1)
public record InvoiceUpdated(Document document, int revision, List<InvoiceLine> added) implements InvoiceEvent {
    /** Creates the event. */
    public InvoiceUpdated {
        added = List.copyOf(added);
    }
}
