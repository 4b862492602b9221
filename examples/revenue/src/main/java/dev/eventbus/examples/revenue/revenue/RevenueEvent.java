/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.revenue;

import dev.eventbus.examples.revenue.invoice.Document;
import java.math.BigDecimal;

/** What happened to revenue. */
public sealed interface RevenueEvent permits RevenueRecognized, RevenueAdjusted, RevenueReversed {
    /**
     * Returns the invoice that it follows from.
     *
     * @return head of the invoice
     */
    Document document();

    /**
     * Returns by how much revenue changed.
     *
     * @return GBP, exact
     */
    BigDecimal amount();

    /**
     * Returns the event that announces an entry.
     *
     * @param document the invoice
     * @param entry the entry
     * @return the event
     */
    static RevenueEvent of(Document document, RevenueEntry entry) {
        return switch (entry.change()) {
            case RECOGNIZED -> new RevenueRecognized(document, entry.amount());
            case ADJUSTED -> new RevenueAdjusted(document, entry.amount());
            case REVERSED -> new RevenueReversed(document, entry.amount());
        };
    }
}
