/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.event;

import dev.eventbus.event.EventType;

/**
 * Something about a customer changed.
 *
 * @param customer the customer as they are now
 */
@EventType(name = "CustomerUpdated", version = 1)
public record CustomerUpdated(Customer customer) implements CustomerEvent {
    @Override
    public String customerId() {
        return customer.id();
    }
}
