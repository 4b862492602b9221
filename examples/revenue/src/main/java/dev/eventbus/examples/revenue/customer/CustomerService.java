/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.customer;

import dev.eventbus.examples.revenue.event.Customer;
import dev.eventbus.examples.revenue.event.CustomerCreated;
import dev.eventbus.examples.revenue.event.CustomerDeleted;
import dev.eventbus.examples.revenue.event.CustomerEvent;
import dev.eventbus.examples.revenue.event.CustomerUpdated;
import dev.eventbus.examples.revenue.operation.Action;
import dev.eventbus.examples.revenue.operation.Changes;
import dev.eventbus.examples.revenue.operation.Operation;
import dev.eventbus.examples.revenue.operation.RefusedException;
import dev.eventbus.publish.EventPublisher;
import dev.eventbus.publish.PublishOptions;

/**
 * Decides what a command does to a customer, publishes it with the customer's id as key, and keeps it.
 *
 * <p>One command after the other for each customer. Thread-safe.
 */
public final class CustomerService {
    private static final String KIND = "Customer";

    private final CustomerRepository repository;
    private final Changes<RegisteredCustomer> changes;

    /**
     * Creates the service.
     *
     * @param repository keeps the customers
     * @param publisher takes the events
     */
    public CustomerService(CustomerRepository repository, EventPublisher publisher) {
        this.repository = repository;
        this.changes = new Changes<>(publisher, repository::save);
    }

    Operation create(String operationId, Customer customer) {
        return changes.alone(customer.id(), () -> {
            if (repository.find(customer.id()).isPresent()) {
                throw RefusedException.exists(KIND, customer.id());
            }
            return conclude(operationId, Action.CREATE, RegisteredCustomer.create(customer),
                    new CustomerCreated(customer));
        });
    }

    Operation update(String operationId, Customer customer) {
        return changes.alone(customer.id(), () -> conclude(operationId, Action.UPDATE,
                changeable(customer.id(), Action.UPDATE).become(customer), new CustomerUpdated(customer)));
    }

    Operation delete(String operationId, String id) {
        return changes.alone(id, () -> conclude(operationId, Action.DELETE,
                changeable(id, Action.DELETE).become(null), new CustomerDeleted(id)));
    }

    private RegisteredCustomer changeable(String id, Action action) {
        RegisteredCustomer customer = repository.find(id).orElseThrow(() -> RefusedException.unknown(KIND, id));
        if (customer.isDeleted()) {
            throw RefusedException.state(KIND, id, action, "it is DELETED");
        }
        return customer;
    }

    private Operation conclude(String operationId, Action action, RegisteredCustomer next, CustomerEvent event) {
        changes.make(next.id(), next, event, PublishOptions.options().key(next.id()).correlationId(operationId));
        return new Operation(operationId, action, next.id(), next.revision());
    }
}
