/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.event;

/** What happened to an invoice. */
public sealed interface InvoiceEvent permits InvoiceCreated, InvoiceUpdated, InvoicePaymentReceived, InvoicePaid,
        InvoiceReminderSent, InvoiceOverdue, InvoiceVoided, InvoiceDeleted {
    /**
     * Returns the head of the invoice.
     *
     * @return what never changes
     */
    Document document();

    /**
     * Returns the place of the event among those of its invoice.
     *
     * @return counts from 1 without gaps
     */
    int revision();

    /**
     * Returns which invoice it happened to.
     *
     * @return its number
     */
    default String number() {
        return document().number();
    }
}
