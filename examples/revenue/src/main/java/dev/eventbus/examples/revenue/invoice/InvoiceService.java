/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.invoice;

import dev.eventbus.examples.revenue.event.Document;
import dev.eventbus.examples.revenue.event.InvoiceCreated;
import dev.eventbus.examples.revenue.event.InvoiceDeleted;
import dev.eventbus.examples.revenue.event.InvoiceEvent;
import dev.eventbus.examples.revenue.event.InvoiceLine;
import dev.eventbus.examples.revenue.event.InvoiceOverdue;
import dev.eventbus.examples.revenue.event.InvoicePaid;
import dev.eventbus.examples.revenue.event.InvoicePaymentReceived;
import dev.eventbus.examples.revenue.event.InvoiceReminderSent;
import dev.eventbus.examples.revenue.event.InvoiceUpdated;
import dev.eventbus.examples.revenue.event.InvoiceVoided;
import dev.eventbus.examples.revenue.event.PaymentSucceeded;
import dev.eventbus.examples.revenue.operation.Action;
import dev.eventbus.examples.revenue.operation.Changes;
import dev.eventbus.examples.revenue.operation.Operation;
import dev.eventbus.examples.revenue.operation.RefusedException;
import dev.eventbus.publish.EventPublisher;
import dev.eventbus.publish.PublishOptions;
import java.util.List;
import java.util.function.Function;

/**
 * Decides what a command, a payment or a deadline does to an invoice, publishes it and keeps it.
 *
 * <p>One after the other for each invoice, whoever comes: its revisions have no gaps and are published in order. Thread-safe.
 */
public final class InvoiceService {
    private static final String KIND = "Invoice";

    private final InvoiceRepository repository;
    private final Changes<Invoice> changes;

    /**
     * Creates the service.
     *
     * @param repository keeps the invoices
     * @param publisher takes the events
     */
    public InvoiceService(InvoiceRepository repository, EventPublisher publisher) {
        this.repository = repository;
        this.changes = new Changes<>(publisher, repository::save);
    }

    /* ---------------- commands ---------------- */

    Operation create(String operationId, Document document, List<InvoiceLine> lines) {
        return changes.alone(document.number(), () -> {
            if (repository.find(document.number()).isPresent()) {
                throw RefusedException.exists(KIND, document.number());
            }
            Invoice invoice = Invoice.create(document, lines);
            return conclude(operationId, Action.CREATE, invoice,
                    new InvoiceCreated(document, invoice.revision(), lines));
        });
    }

    Operation update(String operationId, String number, List<InvoiceLine> added) {
        return changes.alone(number, () -> {
            Invoice invoice = changeable(number, Action.UPDATE).add(added);
            return conclude(operationId, Action.UPDATE, invoice,
                    new InvoiceUpdated(invoice.document(), invoice.revision(), added));
        });
    }

    Operation pay(String operationId, String number) {
        return changes.alone(number, () -> {
            Invoice before = changeable(number, Action.PAY);
            if (before.state() == InvoiceState.PAID) {
                throw refused(before, Action.PAY);
            }
            Invoice paid = before.settle();
            return conclude(operationId, Action.PAY, paid, new InvoicePaid(paid.document(), paid.revision()));
        });
    }

    Operation declareVoid(String operationId, String number) {
        return changes.alone(number, () -> {
            Invoice invoice = changeable(number, Action.VOID).become(InvoiceState.VOIDED);
            return conclude(operationId, Action.VOID, invoice,
                    new InvoiceVoided(invoice.document(), invoice.revision()));
        });
    }

    Operation delete(String operationId, String number) {
        return changes.alone(number, () -> {
            Invoice invoice = changeable(number, Action.DELETE).become(InvoiceState.DELETED);
            return conclude(operationId, Action.DELETE, invoice,
                    new InvoiceDeleted(invoice.document(), invoice.revision()));
        });
    }

    private Operation conclude(String operationId, Action action, Invoice invoice, InvoiceEvent event) {
        Invoice made = make(invoice, event, PublishOptions.options().correlationId(operationId));
        return new Operation(operationId, action, event.number(), made.revision());
    }

    /* ---------------- payments and deadlines ---------------- */

    Invoice receive(PaymentSucceeded payment) {
        return changes.alone(payment.number(), () -> {
            Invoice found = find(payment.number());
            // An earlier attempt may have come this far and failed before the next step.
            boolean known = found.payments().containsKey(payment.paymentId());
            Invoice invoice = known ? found : received(found, payment);
            return invoice.state() == InvoiceState.OPEN && invoice.outstanding().signum() <= 0
                    ? paid(invoice)
                    : invoice;
        });
    }

    private Invoice received(Invoice before, PaymentSucceeded payment) {
        if (before.state().isFinal()) {
            throw refused(before, Action.PAY);
        }
        Invoice invoice = before.receive(payment.paymentId(), payment.amount());
        return make(invoice, new InvoicePaymentReceived(invoice.document(), invoice.revision(), payment.paymentId(),
                payment.amount(), invoice.outstanding()));
    }

    private Invoice paid(Invoice before) {
        Invoice invoice = before.become(InvoiceState.PAID);
        return make(invoice, new InvoicePaid(invoice.document(), invoice.revision()));
    }

    Invoice remind(String number) {
        return ask(number, Dunning.REMINDED, invoice -> new InvoiceReminderSent(invoice.document(), invoice.revision(),
                invoice.outstanding()));
    }

    Invoice overdue(String number) {
        return ask(number, Dunning.OVERDUE, invoice -> new InvoiceOverdue(invoice.document(), invoice.revision(),
                invoice.outstanding()));
    }

    private Invoice ask(String number, Dunning next, Function<Invoice, InvoiceEvent> event) {
        return changes.alone(number, () -> {
            Invoice before = find(number);
            if (!before.awaitsMoney() || before.dunning().compareTo(next) >= 0) {
                return before;
            }
            Invoice invoice = before.ask(next);
            return make(invoice, event.apply(invoice));
        });
    }

    // Follows from the payment or the deadline, whose correlation it inherits.
    private Invoice make(Invoice next, InvoiceEvent event) {
        return make(next, event, PublishOptions.options());
    }

    /* ---------------- both ---------------- */

    private Invoice find(String number) {
        return repository.find(number).orElseThrow(() -> RefusedException.unknown(KIND, number));
    }

    private Invoice changeable(String number, Action action) {
        Invoice invoice = find(number);
        if (invoice.state().isFinal()) {
            throw refused(invoice, action);
        }
        return invoice;
    }

    private static RefusedException refused(Invoice invoice, Action action) {
        return RefusedException.state(KIND, invoice.document().number(), action, "it is " + invoice.state());
    }

    private Invoice make(Invoice next, InvoiceEvent event, PublishOptions options) {
        return changes.make(event.number(), next, event, options.key(event.number()));
    }
}
