/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.event;

import dev.eventbus.event.EventType;

/**
 * An invoice was paid.
 *
 * @param document its head
 * @param revision place among the events of the invoice
 */
@EventType(name = "InvoicePaid", version = 1)
public record InvoicePaid(Document document, int revision) implements InvoiceEvent {}
