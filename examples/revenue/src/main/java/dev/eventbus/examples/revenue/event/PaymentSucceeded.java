/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.event;

import dev.eventbus.event.EventType;
import java.math.BigDecimal;

/**
 * Money came in.
 *
 * @param paymentId the payment
 * @param number invoice that it was for
 * @param amount how much it was, in GBP, exact
 */
@EventType(name = "PaymentSucceeded", version = 1)
public record PaymentSucceeded(String paymentId, String number, BigDecimal amount) implements PaymentEvent {}
