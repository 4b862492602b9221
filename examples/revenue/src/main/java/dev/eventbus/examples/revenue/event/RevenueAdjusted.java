/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.event;

import dev.eventbus.event.EventType;
import java.math.BigDecimal;
import java.util.List;

/**
 * What the books say about an invoice was corrected.
 *
 * @param document the invoice
 * @param months how revenue changed, in GBP, exact
 * @param deferred by how much changed what is to be earned later, in GBP, exact
 */
@EventType(name = "RevenueAdjusted", version = 1)
public record RevenueAdjusted(Document document, List<MonthlyAmount> months,
        BigDecimal deferred) implements RevenueEvent {
    /** Creates the event. */
    public RevenueAdjusted {
        months = List.copyOf(months);
    }
}
