/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.customer;

import dev.eventbus.examples.revenue.event.Customer;
import org.jspecify.annotations.Nullable;

/**
 * A customer as they stand after a number of commands. Immutable.
 *
 * @param id identifies them for ever
 * @param revision how many commands they have seen, 1 for their creation
 * @param customer what is known of them, or null once they are deleted: nothing but the id is kept then
 */
public record RegisteredCustomer(String id, int revision, @Nullable Customer customer) {
    static RegisteredCustomer create(Customer customer) {
        return new RegisteredCustomer(customer.id(), 1, customer);
    }

    RegisteredCustomer become(@Nullable Customer next) {
        return new RegisteredCustomer(id, revision + 1, next);
    }

    /**
     * Tells whether they are a customer no more.
     *
     * @return true once they are deleted
     */
    public boolean isDeleted() {
        return customer == null;
    }
}
