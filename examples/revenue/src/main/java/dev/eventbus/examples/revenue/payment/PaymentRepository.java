/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.payment;

import java.util.Optional;
import java.util.stream.Stream;

/** Keeps payments. Thread-safe. */
public interface PaymentRepository {
    /**
     * Finds a payment.
     *
     * @param paymentId the id that the payer gave it
     * @return the payment as it stands
     */
    Optional<Payment> find(String paymentId);

    /**
     * Keeps a payment in place of what it was.
     *
     * @param payment the payment
     */
    void save(Payment payment);

    /**
     * Returns all payments.
     *
     * @return in no order
     */
    Stream<Payment> all();
}
