/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.event;

import dev.eventbus.event.EventType;

/**
 * Somebody became a customer.
 *
 * @param customer the customer as they are now
 */
@EventType(name = "CustomerCreated", version = 1)
public record CustomerCreated(Customer customer) implements CustomerEvent {
    @Override
    public String customerId() {
        return customer.id();
    }
}
