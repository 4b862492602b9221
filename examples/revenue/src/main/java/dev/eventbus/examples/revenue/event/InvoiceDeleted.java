/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.event;

import dev.eventbus.event.EventType;

/**
 * An invoice was taken out.
 *
 * @param document its head
 * @param revision place among the events of the invoice
 */
@EventType(name = "InvoiceDeleted", version = 1)
public record InvoiceDeleted(Document document, int revision) implements InvoiceEvent {}
