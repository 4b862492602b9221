/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.invoice;

/** What an operation does with an invoice. */
public enum Action {
    /** Writes it. */
    CREATE,
    /** Adds articles to it. */
    UPDATE,
    /** Notes that it was paid. */
    PAY,
    /** Declares it void. */
    VOID,
    /** Takes it out. */
    DELETE
}
