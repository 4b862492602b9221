/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.event;

import dev.eventbus.event.EventType;

/**
 * An invoice was declared void.
 *
 * @param document its head
 * @param revision place among the events of the invoice
 */
@EventType(name = "InvoiceVoided", version = 1)
public record InvoiceVoided(Document document, int revision) implements InvoiceEvent {}
