/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.operation;

/** What an operation does with an invoice, a customer or a payment. */
public enum Action {
    /** Makes it. */
    CREATE,
    /** Adds articles to an invoice, or changes what is known of a customer. */
    UPDATE,
    /** Pays an invoice, or notes that it was paid. */
    PAY,
    /** Declares an invoice void. */
    VOID,
    /** Takes it out. */
    DELETE,
    /** Gives a payment back. */
    REFUND
}
