/*
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Invoices: commands in, events out.
 *
 * <pre>
 * InvoiceActions -> InvoiceService -> InvoiceRepository
 *  opens the         decides, and      keeps invoices
 *  operation         publishes         and operations
 * </pre>
 *
 * <p>Nothing here knows who handles the events.
 */
@NullMarked
package dev.eventbus.examples.revenue.invoice;

import org.jspecify.annotations.NullMarked;
