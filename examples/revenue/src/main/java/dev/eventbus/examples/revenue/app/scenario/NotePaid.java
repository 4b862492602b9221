/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.scenario;

import dev.eventbus.event.EventType;

/**
 * Somebody saw that an invoice was paid in full elsewhere.
 *
 * @param number the invoice
 */
@EventType(name = "NotePaid", version = 1)
record NotePaid(String number) implements Step {}
