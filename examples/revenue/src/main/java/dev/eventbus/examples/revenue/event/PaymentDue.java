/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.event;

import dev.eventbus.event.EventType;

/**
 * The due date of an invoice has passed.
 *
 * @param number the invoice
 */
@EventType(name = "PaymentDue", version = 1)
public record PaymentDue(String number) implements Deadline {}
