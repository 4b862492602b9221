/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.notification;

import dev.eventbus.examples.revenue.event.Customer;
import dev.eventbus.examples.revenue.event.Document;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows who gets mail, from events alone: customers by their id, and whose an invoice is by its number.
 *
 * <p>In memory, without a bound; of an invoice nothing is kept unless its customer has an address. Thread-safe.
 */
final class AddressBook {
    private final Map<String, Customer> customers = new ConcurrentHashMap<>();
    private final Map<String, String> payers = new ConcurrentHashMap<>(); // customer ids by invoice number

    void enter(Customer customer) {
        customers.put(customer.id(), customer);
    }

    void strike(String customerId) {
        customers.remove(customerId);
    }

    Optional<Customer> customer(String id) {
        return Optional.ofNullable(customers.get(id));
    }

    Optional<Customer> customerOf(Document document) {
        Optional<Customer> customer = Optional.ofNullable(document.customer()).flatMap(this::customer);
        customer.ifPresent(known -> payers.put(document.number(), known.id()));
        return customer;
    }

    Optional<Customer> payerOf(String number) {
        return Optional.ofNullable(payers.get(number)).flatMap(this::customer);
    }
}
