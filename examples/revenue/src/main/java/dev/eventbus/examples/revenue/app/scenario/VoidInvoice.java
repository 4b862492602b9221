/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.scenario;

import dev.eventbus.event.EventType;

/**
 * An invoice is declared void.
 *
 * @param number the invoice
 */
@EventType(name = "VoidInvoice", version = 1)
record VoidInvoice(String number) implements Step {}
