/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.customer;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps everything in memory, without a bound. Thread-safe. */
public final class InMemoryCustomerRepository implements CustomerRepository {
    private final Map<String, RegisteredCustomer> customers = new ConcurrentHashMap<>();

    @Override
    public Optional<RegisteredCustomer> find(String id) {
        return Optional.ofNullable(customers.get(id));
    }

    @Override
    public void save(RegisteredCustomer customer) {
        customers.put(customer.id(), customer);
    }
}
