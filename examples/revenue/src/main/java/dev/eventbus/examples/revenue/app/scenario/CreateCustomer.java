/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.scenario;

import dev.eventbus.event.EventType;
import dev.eventbus.examples.revenue.event.Customer;

/**
 * Somebody becomes a customer.
 *
 * @param customer the customer
 */
@EventType(name = "CreateCustomer", version = 1)
record CreateCustomer(Customer customer) implements Step {}
