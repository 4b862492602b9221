/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.event;

import dev.eventbus.event.EventType;
import java.math.BigDecimal;

/**
 * The due date of an invoice has passed, and it was not paid.
 *
 * @param document its head, which has a due date
 * @param revision place among the events of the invoice
 * @param outstanding what is still to come, in GBP, exact
 */
@EventType(name = "InvoiceOverdue", version = 1)
public record InvoiceOverdue(Document document, int revision, BigDecimal outstanding) implements InvoiceEvent {}
