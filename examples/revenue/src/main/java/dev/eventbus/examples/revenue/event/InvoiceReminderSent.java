/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.event;

import dev.eventbus.event.EventType;
import java.math.BigDecimal;

/**
 * The customer was reminded of an invoice that will be due soon.
 *
 * @param document its head, which has a due date
 * @param revision place among the events of the invoice
 * @param outstanding what is still to come, in GBP, exact
 */
@EventType(name = "InvoiceReminderSent", version = 1)
public record InvoiceReminderSent(Document document, int revision, BigDecimal outstanding) implements InvoiceEvent {}
