/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.event;

/** What sort of document stands behind an invoice number. */
public enum InvoiceKind {
    /** Something was sold. */
    INVOICE,
    /** Earlier sales were cancelled; its amounts are negative. */
    CREDIT_NOTE,
    /** The books were corrected, for instance for bad debt. */
    ADJUSTMENT
}
