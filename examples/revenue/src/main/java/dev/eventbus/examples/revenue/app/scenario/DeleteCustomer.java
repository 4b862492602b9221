/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.scenario;

import dev.eventbus.event.EventType;

/**
 * A customer leaves.
 *
 * @param customerId the customer
 */
@EventType(name = "DeleteCustomer", version = 1)
record DeleteCustomer(String customerId) implements Step {}
