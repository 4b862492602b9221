/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.scenario;

import dev.eventbus.event.EventType;
import dev.eventbus.examples.revenue.event.InvoiceLine;
import java.util.List;

/**
 * Articles are added to an invoice.
 *
 * @param number the invoice
 * @param lines the new articles alone
 */
@EventType(name = "AddLines", version = 1)
record AddLines(String number, List<InvoiceLine> lines) implements Step {
    /** Creates the step. */
    AddLines {
        lines = List.copyOf(lines);
    }
}
