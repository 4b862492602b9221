/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.event;

import dev.eventbus.event.EventType;
import java.math.BigDecimal;
import java.util.List;

/**
 * A sale was taken back.
 *
 * @param document the invoice
 * @param months how revenue changed, in GBP, exact
 * @param deferred by how much changed what is to be earned later, in GBP, exact
 */
@EventType(name = "RevenueReversed", version = 1)
public record RevenueReversed(Document document, List<MonthlyAmount> months,
        BigDecimal deferred) implements RevenueEvent {
    /** Creates the event. */
    public RevenueReversed {
        months = List.copyOf(months);
    }
}
