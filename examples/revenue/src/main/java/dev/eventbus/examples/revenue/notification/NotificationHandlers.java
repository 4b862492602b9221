/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.notification;

import dev.eventbus.examples.revenue.event.Customer;
import dev.eventbus.examples.revenue.event.CustomerCreated;
import dev.eventbus.examples.revenue.event.CustomerDeleted;
import dev.eventbus.examples.revenue.event.CustomerEvent;
import dev.eventbus.examples.revenue.event.CustomerUpdated;
import dev.eventbus.examples.revenue.event.InvoiceEvent;
import dev.eventbus.examples.revenue.event.PaymentEvent;
import dev.eventbus.subscribe.Delivery;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;

/**
 * Writes a mail to the customer for what happened. Who has no address, or none any more, gets none.
 *
 * <p>For one serial subscription, so that an address is known before the first mail that needs it; with outside effects, so
 * not to be replayed unless somebody wants all mails again. An attempt after one that failed replaces its mail. Thread-safe if
 * the outbox is.
 */
public final class NotificationHandlers {
    private final AddressBook addresses = new AddressBook();
    private final Wording wording = new Wording();
    private final Outbox outbox;

    /**
     * Creates the handlers.
     *
     * @param outbox takes the mails
     */
    public NotificationHandlers(Outbox outbox) {
        this.outbox = outbox;
    }

    /**
     * Handles any change of a customer: keeps the address, and tells them.
     *
     * @param delivery the event
     * @throws IOException if the outbox does not take the mail
     */
    public void customer(Delivery<CustomerEvent> delivery) throws IOException {
        CustomerEvent event = delivery.payload();
        switch (event) {
            case CustomerCreated created -> addresses.enter(created.customer());
            case CustomerUpdated updated -> addresses.enter(updated.customer());
            case CustomerDeleted deleted -> {
                // The last mail still needs the address.
            }
        }
        put(delivery.event().id(), addresses.customer(event.customerId()), wording.of(event));
        if (event instanceof CustomerDeleted) {
            addresses.strike(event.customerId());
        }
    }

    /**
     * Handles anything that happens to an invoice.
     *
     * @param delivery the event
     * @throws IOException if the outbox does not take the mail
     */
    public void invoice(Delivery<InvoiceEvent> delivery) throws IOException {
        InvoiceEvent event = delivery.payload();
        put(delivery.event().id(), addresses.customerOf(event.document()), wording.of(event));
    }

    /**
     * Handles a payment. Goes to the customer of its invoice, if that was heard of.
     *
     * @param delivery the event
     * @throws IOException if the outbox does not take the mail
     */
    public void payment(Delivery<PaymentEvent> delivery) throws IOException {
        PaymentEvent event = delivery.payload();
        Optional<Wording.Text> text = wording.of(event);
        if (text.isPresent()) {
            put(delivery.event().id(), addresses.payerOf(event.number()), text.get());
        }
    }

    private void put(UUID eventId, Optional<Customer> customer, Wording.Text text) throws IOException {
        if (customer.isPresent()) {
            String body = "Dear " + PlainLine.of(customer.get().name()) + ",\n\n" + text.sentence() + "\n";
            outbox.put(new Mail(eventId, customer.get().email(), text.subject(), body));
        }
    }
}
