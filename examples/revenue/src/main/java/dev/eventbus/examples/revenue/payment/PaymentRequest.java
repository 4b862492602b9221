/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.payment;

import java.math.BigDecimal;

/**
 * What a payer asked for. Immutable.
 *
 * @param paymentId the id that the payer gave it
 * @param number what it is for
 * @param amount how much, in GBP
 * @param card who is to pay
 */
public record PaymentRequest(String paymentId, String number, BigDecimal amount, Card card) {
    /**
     * Tells whether it is the same request come again, which a payer sends who has not heard of the first.
     *
     * @param other another one with the same id
     * @return true if nothing is different but the scale of the amount
     */
    public boolean repeats(PaymentRequest other) {
        return number.equals(other.number) && amount.compareTo(other.amount) == 0 && card.equals(other.card);
    }
}
