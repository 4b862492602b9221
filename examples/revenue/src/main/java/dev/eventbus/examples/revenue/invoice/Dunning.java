/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.invoice;

/** How far it has come with asking for the money of an invoice: {@code NONE -> REMINDED -> OVERDUE}, never back. */
public enum Dunning {
    /** Nobody was asked. */
    NONE,
    /** The customer was reminded. */
    REMINDED,
    /** The due date has passed. */
    OVERDUE
}
