/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.customer;

import java.util.Optional;

/** Keeps customers. Thread-safe. */
public interface CustomerRepository {
    /**
     * Finds a customer, deleted ones too.
     *
     * @param id their id
     * @return the customer as they stand
     */
    Optional<RegisteredCustomer> find(String id);

    /**
     * Keeps a customer in place of their last revision.
     *
     * @param customer the customer
     */
    void save(RegisteredCustomer customer);
}
