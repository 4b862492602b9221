/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.revenue;

import dev.eventbus.event.EventType;
import dev.eventbus.examples.revenue.invoice.Document;
import java.math.BigDecimal;

/**
 * What the books say about an invoice was corrected.
 *
 * @param document the invoice
 * @param amount by how much revenue changed, in GBP, exact
 */
@EventType(name = "RevenueAdjusted", version = 1)
public record RevenueAdjusted(Document document, BigDecimal amount) implements RevenueEvent {}
