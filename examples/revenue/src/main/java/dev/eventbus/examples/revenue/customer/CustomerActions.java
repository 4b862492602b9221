/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.customer;

import dev.eventbus.examples.revenue.event.Customer;
import dev.eventbus.examples.revenue.operation.Operations;
import dev.eventbus.examples.revenue.operation.Result;

/**
 * Takes commands from outside and gives each an operation id, which all that follows from it carries as correlation.
 *
 * <p>Thread-safe.
 */
public final class CustomerActions {
    private final CustomerService service;
    private final Operations operations;

    /**
     * Creates the door.
     *
     * @param service carries the commands out
     * @param operations opens an operation for each
     */
    public CustomerActions(CustomerService service, Operations operations) {
        this.service = service;
        this.operations = operations;
    }

    /**
     * Takes a customer in.
     *
     * @param customer who they are; the id was never given to anybody
     * @return what became of it
     */
    public Result create(Customer customer) {
        return operations.run(id -> service.create(id, customer));
    }

    /**
     * Changes what is known of a customer.
     *
     * @param customer who they are from now on
     * @return what became of it
     */
    public Result update(Customer customer) {
        return operations.run(id -> service.update(id, customer));
    }

    /**
     * Takes a customer out; nothing but the id is kept.
     *
     * @param customerId who
     * @return what became of it
     */
    public Result delete(String customerId) {
        return operations.run(id -> service.delete(id, customerId));
    }
}
