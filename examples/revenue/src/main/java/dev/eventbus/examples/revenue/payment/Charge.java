/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.payment;

/** What a gateway says to a charge. Immutable. */
public sealed interface Charge {
    /** The money came in. */
    record Accepted() implements Charge {}

    /**
     * It did not.
     *
     * @param reason why, for the payer
     */
    record Declined(String reason) implements Charge {}
}
