/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.event;

import dev.eventbus.event.EventType;
import java.math.BigDecimal;
import java.util.List;

/**
 * Revenue was earned: by a sale, or because a month of a service has passed.
 *
 * @param document the invoice
 * @param months how revenue changed, in GBP, exact
 * @param deferred by how much changed what is to be earned later, in GBP, exact
 */
@EventType(name = "RevenueRecognized", version = 1)
public record RevenueRecognized(Document document, List<MonthlyAmount> months,
        BigDecimal deferred) implements RevenueEvent {
    /** Creates the event. */
    public RevenueRecognized {
        months = List.copyOf(months);
    }
}
