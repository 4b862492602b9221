/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.payment;

import java.math.BigDecimal;

/** Charges cards. Thread-safe for different payments. */
public interface PaymentGateway {
    /**
     * Charges a card.
     *
     * @param paymentId the payment; one that was charged and not given back is not charged again
     * @param amount how much, in GBP
     * @param card who is to pay
     * @return whether the money came in
     */
    Charge charge(String paymentId, BigDecimal amount, Card card);

    /**
     * Gives all of a payment back; does nothing if nothing is there to be given back.
     *
     * @param paymentId the payment
     */
    void giveBack(String paymentId);
}
