/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.invoice;

import dev.eventbus.examples.revenue.event.PaymentDue;
import dev.eventbus.examples.revenue.event.PaymentSucceeded;
import dev.eventbus.examples.revenue.event.ReminderDue;

/**
 * Hands payments and deadlines to the invoices.
 *
 * <p>For a subscription of its own, keyed by invoice, that receives no invoice events: an invoice is changed under a lock, and
 * its events are published under it. May handle the same event again, whatever became of the attempt before. A
 * {@link dev.eventbus.examples.revenue.operation.RefusedException} is not to be tried again; somebody has to look at money that
 * came in for nothing. Thread-safe.
 */
public final class InvoiceHandlers {
    private final InvoiceService service;

    /**
     * Creates the handlers.
     *
     * @param service decides
     */
    public InvoiceHandlers(InvoiceService service) {
        this.service = service;
    }

    /**
     * Handles money that came in: the invoice has received it, and is paid if nothing is outstanding any more.
     *
     * @param event the event
     * @throws dev.eventbus.examples.revenue.operation.RefusedException if the invoice is unknown, voided or deleted
     */
    public void paymentSucceeded(PaymentSucceeded event) {
        service.receive(event);
    }

    /**
     * Handles that the due date is near: an invoice that awaits money gets its one reminder.
     *
     * @param event the event
     * @throws dev.eventbus.examples.revenue.operation.RefusedException if the invoice is unknown
     */
    public void reminderDue(ReminderDue event) {
        service.remind(event.number());
    }

    /**
     * Handles that the due date has passed: an invoice that awaits money is overdue, once.
     *
     * @param event the event
     * @throws dev.eventbus.examples.revenue.operation.RefusedException if the invoice is unknown
     */
    public void paymentDue(PaymentDue event) {
        service.overdue(event.number());
    }
}
