/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.invoice;

/** Where an invoice stands: {@code OPEN -> PAID}, and from both to {@code VOIDED} or {@code DELETED}, which are final. */
public enum InvoiceState {
    /** Created and not paid. */
    OPEN,
    /** Paid. */
    PAID,
    /** Declared void; it is worth nothing. */
    VOIDED,
    /** Taken out; it is worth nothing. */
    DELETED;

    /**
     * Tells whether nothing can happen to the invoice any more.
     *
     * @return true if it is voided or deleted
     */
    public boolean isFinal() {
        return this == VOIDED || this == DELETED;
    }
}
