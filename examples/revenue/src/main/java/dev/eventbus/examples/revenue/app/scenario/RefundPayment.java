/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.scenario;

import dev.eventbus.event.EventType;

/**
 * A payment is given back.
 *
 * @param paymentId the payment
 */
@EventType(name = "RefundPayment", version = 1)
record RefundPayment(String paymentId) implements Step {}
