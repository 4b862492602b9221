/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.scenario;

import dev.eventbus.event.EventType;
import dev.eventbus.examples.revenue.event.Document;
import dev.eventbus.examples.revenue.event.InvoiceLine;
import java.util.List;

/**
 * An invoice or a credit note is written.
 *
 * @param document its head
 * @param lines its articles
 */
@EventType(name = "WriteInvoice", version = 1)
record WriteInvoice(Document document, List<InvoiceLine> lines) implements Step {
    /** Creates the step. */
    WriteInvoice {
        lines = List.copyOf(lines);
    }
}
