/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.scenario;

import dev.eventbus.event.EventType;
import dev.eventbus.event.Sensitive;
import java.math.BigDecimal;

/**
 * A card is charged for an invoice, which may be declined.
 *
 * @param paymentId what the payer calls the payment
 * @param number the invoice
 * @param amount how much, in GBP
 * @param card number of the card
 */
@EventType(name = "PayByCard", version = 1)
record PayByCard(String paymentId, String number, BigDecimal amount, @Sensitive String card) implements Step {}
