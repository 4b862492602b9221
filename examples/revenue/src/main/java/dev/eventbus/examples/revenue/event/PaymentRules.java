/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.event;

import dev.eventbus.publish.Validation;

/**
 * What a payment event must hold to: register each method with the bus as validator of its type.
 *
 * <p>Immutable.
 */
public final class PaymentRules {
    /**
     * Checks what all payment events have in common.
     *
     * @param event the event
     */
    public void any(Validation<PaymentEvent> event) {
        event.require("paymentId", !event.payload().paymentId().isBlank(), "must not be blank");
        event.require("number", InvoiceRules.NUMBER.matcher(event.payload().number()).matches(),
                "must be digits, or C or A and digits");
        event.require("amount", event.payload().amount().signum() > 0, "must be positive");
        Amounts.requireShort(event, "amount", event.payload().amount());
    }

    /**
     * Checks a failure.
     *
     * @param event the event
     */
    public void failed(Validation<PaymentFailed> event) {
        event.require("reason", !event.payload().reason().isBlank(), "must not be blank");
    }
}
