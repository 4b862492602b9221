/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.revenue;

import dev.eventbus.event.EventType;
import dev.eventbus.examples.revenue.invoice.Document;
import java.math.BigDecimal;

/**
 * A sale was taken back.
 *
 * @param document the invoice
 * @param amount by how much revenue changed, in GBP, exact
 */
@EventType(name = "RevenueReversed", version = 1)
public record RevenueReversed(Document document, BigDecimal amount) implements RevenueEvent {}
