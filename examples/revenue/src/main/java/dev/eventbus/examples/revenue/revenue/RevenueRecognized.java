/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.revenue;

import dev.eventbus.event.EventType;
import dev.eventbus.examples.revenue.invoice.Document;
import java.math.BigDecimal;

/**
 * A sale was entered in the books.
 *
 * @param document the invoice
 * @param amount by how much revenue changed, in GBP, exact
 */
@EventType(name = "RevenueRecognized", version = 1)
public record RevenueRecognized(Document document, BigDecimal amount) implements RevenueEvent {}
