/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.event;

import dev.eventbus.event.EventType;

/**
 * The due date of an invoice is near.
 *
 * @param number the invoice
 */
@EventType(name = "ReminderDue", version = 1)
public record ReminderDue(String number) implements Deadline {}
