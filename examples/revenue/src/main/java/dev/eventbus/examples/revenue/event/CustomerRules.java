/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.event;

import dev.eventbus.publish.Validation;

/**
 * What a customer event must hold to: register each method with the bus as validator of its type.
 *
 * <p>Immutable.
 */
public final class CustomerRules {
    /**
     * Checks what all customer events have in common.
     *
     * @param event the event
     */
    public void any(Validation<CustomerEvent> event) {
        event.require("customerId", !event.payload().customerId().isBlank(), "must not be blank");
    }

    /**
     * Checks a new customer.
     *
     * @param event the event
     */
    public void created(Validation<CustomerCreated> event) {
        customer(event, event.payload().customer());
    }

    /**
     * Checks a changed customer.
     *
     * @param event the event
     */
    public void updated(Validation<CustomerUpdated> event) {
        customer(event, event.payload().customer());
    }

    private static void customer(Validation<?> event, Customer customer) {
        event.require("customer.name", !customer.name().isBlank(), "must not be blank");
        event.require("customer.country", !customer.country().isBlank(), "must not be blank");
        int at = customer.email().indexOf('@');
        event.require("customer.email", at > 0 && at < customer.email().length() - 1,
                "must be a name, an @ and a host");
        event.require("customer.email", customer.email().chars().noneMatch(c -> c <= ' ' || c == 0x7f),
                "must have no white space or control characters");
    }
}
