/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.scenario;

import dev.eventbus.event.EventType;

/**
 * An invoice is taken out.
 *
 * @param number the invoice
 */
@EventType(name = "DeleteInvoice", version = 1)
record DeleteInvoice(String number) implements Step {}
