/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.event;

import dev.eventbus.event.EventType;
import java.math.BigDecimal;

/**
 * Money that had come in was given back: the invoice brings so much less.
 *
 * @param paymentId the payment that was given back
 * @param number invoice that it was for
 * @param amount how much was given back, in GBP, exact
 */
@EventType(name = "PaymentRefunded", version = 1)
public record PaymentRefunded(String paymentId, String number, BigDecimal amount) implements PaymentEvent {}
