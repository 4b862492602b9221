/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.event;

import dev.eventbus.event.EventType;
import java.util.List;

/**
 * An invoice, credit note or adjustment was written.
 *
 * @param document its head
 * @param revision always 1
 * @param lines its articles
 */
@EventType(name = "InvoiceCreated", version = 1)
public record InvoiceCreated(Document document, int revision, List<InvoiceLine> lines) implements InvoiceEvent {
    /** Creates the event. */
    public InvoiceCreated {
        lines = List.copyOf(lines);
    }
}
