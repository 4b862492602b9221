/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.invoice;

import dev.eventbus.examples.revenue.event.Document;
import dev.eventbus.examples.revenue.event.InvoiceCreated;
import dev.eventbus.examples.revenue.event.InvoiceDeleted;
import dev.eventbus.examples.revenue.event.InvoiceEvent;
import dev.eventbus.examples.revenue.event.InvoiceLine;
import dev.eventbus.examples.revenue.event.InvoicePaid;
import dev.eventbus.examples.revenue.event.InvoiceUpdated;
import dev.eventbus.examples.revenue.event.InvoiceVoided;
import dev.eventbus.examples.revenue.operation.Action;
import dev.eventbus.examples.revenue.operation.Operation;
import dev.eventbus.publish.EventPublisher;
import dev.eventbus.publish.PublishOptions;
import java.util.List;

/**
 * Decides what a command does to an invoice, publishes it and keeps it.
 *
 * <p>Commands for one invoice come one after the other. Thread-safe for commands of different invoices.
 */
public final class InvoiceService {
    private final InvoiceRepository repository;
    private final EventPublisher publisher;

    /**
     * Creates the service.
     *
     * @param repository keeps the invoices
     * @param publisher takes the events
     */
    public InvoiceService(InvoiceRepository repository, EventPublisher publisher) {
        this.repository = repository;
        this.publisher = publisher;
    }

    Operation create(String operationId, Document document, List<InvoiceLine> lines) {
        if (repository.find(document.number()).isPresent()) {
            throw InvoiceRefusedException.exists(document.number());
        }
        Invoice invoice = Invoice.create(document, lines);
        return conclude(operationId, Action.CREATE, invoice, new InvoiceCreated(document, invoice.revision(), lines));
    }

    Operation update(String operationId, String number, List<InvoiceLine> added) {
        Invoice invoice = changeable(number, Action.UPDATE).add(added);
        return conclude(operationId, Action.UPDATE, invoice,
                new InvoiceUpdated(invoice.document(), invoice.revision(), added));
    }

    Operation pay(String operationId, String number) {
        Invoice before = changeable(number, Action.PAY);
        if (before.state() == InvoiceState.PAID) {
            throw InvoiceRefusedException.state(number, Action.PAY, before.state());
        }
        Invoice invoice = before.become(InvoiceState.PAID);
        return conclude(operationId, Action.PAY, invoice, new InvoicePaid(invoice.document(), invoice.revision()));
    }

    Operation declareVoid(String operationId, String number) {
        Invoice invoice = changeable(number, Action.VOID).become(InvoiceState.VOIDED);
        return conclude(operationId, Action.VOID, invoice, new InvoiceVoided(invoice.document(), invoice.revision()));
    }

    Operation delete(String operationId, String number) {
        Invoice invoice = changeable(number, Action.DELETE).become(InvoiceState.DELETED);
        return conclude(operationId, Action.DELETE, invoice,
                new InvoiceDeleted(invoice.document(), invoice.revision()));
    }

    private Invoice changeable(String number, Action action) {
        Invoice invoice = repository.find(number).orElseThrow(() -> InvoiceRefusedException.unknown(number));
        if (invoice.state().isFinal()) {
            throw InvoiceRefusedException.state(number, action, invoice.state());
        }
        return invoice;
    }

    // Published first: an event that the bus refuses has reached nobody, and then nothing here has to be taken back. The
    // price: a save that fails leaves the books ahead of the invoices. In memory it cannot; with a database both belong
    // into one transaction.
    private Operation conclude(String operationId, Action action, Invoice invoice, InvoiceEvent event) {
        Operation operation = new Operation(operationId, action, event.number(), event.revision());
        publisher.publish(event, PublishOptions.options().key(event.number()).correlationId(operationId));
        repository.save(invoice, operation);
        return operation;
    }
}
