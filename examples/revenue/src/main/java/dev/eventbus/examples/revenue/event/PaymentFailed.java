/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.event;

import dev.eventbus.event.EventType;
import java.math.BigDecimal;

/**
 * Money should have come in, and did not.
 *
 * @param paymentId the payment
 * @param number invoice that it was for
 * @param amount how much it would have been, in GBP, exact
 * @param reason why, for the payer
 */
@EventType(name = "PaymentFailed", version = 1)
public record PaymentFailed(String paymentId, String number, BigDecimal amount,
        String reason) implements PaymentEvent {}
