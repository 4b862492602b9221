/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.payment;

import dev.eventbus.examples.revenue.operation.Operations;
import dev.eventbus.examples.revenue.operation.Result;
import java.math.BigDecimal;

/**
 * Takes commands from outside and gives each an operation id, which all that follows from it carries as correlation.
 *
 * <p>Thread-safe.
 */
public final class PaymentActions {
    private final PaymentService service;
    private final Operations operations;

    /**
     * Creates the door.
     *
     * @param service carries the commands out
     * @param operations opens an operation for each
     */
    public PaymentActions(PaymentService service, Operations operations) {
        this.service = service;
        this.operations = operations;
    }

    /**
     * Charges a card, once however often the same is asked for.
     *
     * @param paymentId given by the payer, new for each payment; to try again after a failure takes a new one
     * @param invoiceNumber what it is for
     * @param amount how much, in GBP, more than zero
     * @param card number of the card
     * @return done when the card was asked, also if it was declined: then {@code PaymentFailed} says so; the result of the
     *     first call for a repeated one; refused if the id was used for another payment
     */
    public Result pay(String paymentId, String invoiceNumber, BigDecimal amount, String card) {
        PaymentRequest request = new PaymentRequest(paymentId, invoiceNumber, amount, new Card(card));
        return operations.run(id -> service.pay(id, request));
    }

    /**
     * Gives all of a payment back, once however often it is asked for.
     *
     * @param paymentId the payment
     * @return what became of it; the result of the first call for a repeated one
     */
    public Result refund(String paymentId) {
        return operations.run(id -> service.refund(id, paymentId));
    }
}
