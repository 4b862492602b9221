/*
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Invoices: commands, payments and deadlines in, events out.
 *
 * <pre>
 * InvoiceActions   ---\
 *  commands            +-> InvoiceService -> InvoiceRepository
 * InvoiceHandlers  ---/     decides and       keeps invoices
 *  PaymentSucceeded,        publishes,
 *  ReminderDue,             an invoice at
 *  PaymentDue               a time
 *
 * Reminders
 *  sets the timers of an invoice that is to be paid, and takes them back
 * </pre>
 *
 * <p>Nothing here knows who handles the events, who charges cards, or who publishes when a day has come.
 */
@NullMarked
package dev.eventbus.examples.revenue.invoice;

import org.jspecify.annotations.NullMarked;
