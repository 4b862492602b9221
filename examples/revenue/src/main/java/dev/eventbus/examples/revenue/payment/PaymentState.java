/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.payment;

/** Where a payment stands: {@code SUCCEEDED -> REFUNDED}, or {@code FAILED} for ever. */
public enum PaymentState {
    /** The money came in. */
    SUCCEEDED,
    /** The money did not come in. */
    FAILED,
    /** The money came in and was given back. */
    REFUNDED
}
