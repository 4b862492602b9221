/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.scenario;

import dev.eventbus.event.EventType;
import dev.eventbus.examples.revenue.event.Customer;

/**
 * Something about a customer changes.
 *
 * @param customer the customer as they are from then on
 */
@EventType(name = "UpdateCustomer", version = 1)
record UpdateCustomer(Customer customer) implements Step {}
