/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.invoice;

import dev.eventbus.examples.revenue.event.Document;
import dev.eventbus.examples.revenue.event.InvoiceLine;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;

/**
 * An invoice as it stands after a number of operations. Immutable.
 *
 * @param document what never changes
 * @param revision how many operations it has seen, 1 for its creation
 * @param state where it stands
 * @param lines its articles
 */
public record Invoice(Document document, int revision, InvoiceState state, List<InvoiceLine> lines) {
    /** Creates an invoice. */
    public Invoice {
        lines = List.copyOf(lines);
    }

    /**
     * Returns a new invoice.
     *
     * @param document what never changes
     * @param lines its articles
     * @return an open invoice at revision 1
     */
    public static Invoice create(Document document, List<InvoiceLine> lines) {
        return new Invoice(document, 1, InvoiceState.OPEN, lines);
    }

    /**
     * Adds articles.
     *
     * @param more the articles
     * @return the next revision
     */
    public Invoice add(List<InvoiceLine> more) {
        return new Invoice(document, revision + 1, state, Stream.concat(lines.stream(), more.stream()).toList());
    }

    /**
     * Changes the state.
     *
     * @param next the state
     * @return the next revision
     */
    public Invoice become(InvoiceState next) {
        return new Invoice(document, revision + 1, next, lines);
    }

    /**
     * Returns what the invoice is worth.
     *
     * @return sum of its lines, zero once it is voided or deleted
     */
    public BigDecimal total() {
        return state.isFinal() ? BigDecimal.ZERO : InvoiceLine.total(lines);
    }
}
