/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.event;

import dev.eventbus.event.EventType;
import java.math.BigDecimal;

/**
 * Money came in for an invoice, perhaps not all of it.
 *
 * @param document its head
 * @param revision place among the events of the invoice
 * @param paymentId the payment
 * @param amount what came in, in GBP, exact
 * @param outstanding what is still to come, in GBP, exact; negative when more came than was asked for
 */
@EventType(name = "InvoicePaymentReceived", version = 1)
public record InvoicePaymentReceived(Document document, int revision, String paymentId, BigDecimal amount,
        BigDecimal outstanding) implements InvoiceEvent {}
