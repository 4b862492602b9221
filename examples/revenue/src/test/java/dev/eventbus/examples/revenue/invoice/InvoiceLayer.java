/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.invoice;

import dev.eventbus.EventBusBuilder;
import dev.eventbus.examples.revenue.event.Document;
import dev.eventbus.examples.revenue.event.InvoiceCreated;
import dev.eventbus.examples.revenue.event.InvoiceDeleted;
import dev.eventbus.examples.revenue.event.InvoiceEvent;
import dev.eventbus.examples.revenue.event.InvoiceKind;
import dev.eventbus.examples.revenue.event.InvoiceOverdue;
import dev.eventbus.examples.revenue.event.InvoicePaid;
import dev.eventbus.examples.revenue.event.InvoicePaymentReceived;
import dev.eventbus.examples.revenue.event.InvoiceReminderSent;
import dev.eventbus.examples.revenue.event.InvoiceRules;
import dev.eventbus.examples.revenue.event.InvoiceUpdated;
import dev.eventbus.examples.revenue.event.InvoiceVoided;
import dev.eventbus.examples.revenue.event.PaymentDue;
import dev.eventbus.examples.revenue.event.PaymentEvent;
import dev.eventbus.examples.revenue.event.PaymentRules;
import dev.eventbus.examples.revenue.event.PaymentSucceeded;
import dev.eventbus.examples.revenue.event.ReminderDue;
import dev.eventbus.examples.revenue.operation.InMemoryOperationLog;
import dev.eventbus.examples.revenue.operation.Operations;
import dev.eventbus.examples.revenue.operation.RefusedException;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.EventPublisher;
import dev.eventbus.publish.EventScheduler;
import dev.eventbus.subscribe.Ordering;
import dev.eventbus.testkit.TestEventBus;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.concurrent.atomic.AtomicInteger;

/** The layer around a bus for tests, with its subscriptions as an application has them. */
final class InvoiceLayer {
    /** The day on which virtual time begins. */
    static final LocalDate TODAY = LocalDate.of(2026, 1, 1);
    static final LocalDate DUE = LocalDate.of(2026, 1, 31);

    final InvoiceRepository repository;
    final Reminders reminders;
    final InvoiceActions actions;
    private final InvoiceHandlers handlers;

    private InvoiceLayer(InvoiceRepository repository, EventPublisher publisher, EventScheduler scheduler) {
        AtomicInteger ids = new AtomicInteger();
        InvoiceService service = new InvoiceService(repository, publisher);
        this.repository = repository;
        this.reminders = new Reminders(scheduler);
        this.handlers = new InvoiceHandlers(service);
        this.actions = new InvoiceActions(service,
                new Operations(() -> "op-" + ids.incrementAndGet(), new InMemoryOperationLog()));
    }

    static void choose(EventBusBuilder builder) {
        InvoiceRules rules = new InvoiceRules();
        builder.validate(InvoiceEvent.class, rules::any).validate(InvoiceCreated.class, rules::created)
                .validate(InvoiceUpdated.class, rules::updated)
                .validate(InvoicePaymentReceived.class, rules::paymentReceived)
                .validate(InvoiceReminderSent.class, rules::reminderSent).validate(InvoiceOverdue.class, rules::overdue)
                .validate(PaymentEvent.class, new PaymentRules()::any)
                .retry(RetryPolicy.fixed(Duration.ofSeconds(1)).maxAttempts(4).abortOn(RefusedException.class));
    }

    static InvoiceLayer on(TestEventBus bus, InvoiceRepository repository) {
        return on(bus, repository, bus, bus);
    }

    static InvoiceLayer on(TestEventBus bus, InvoiceRepository repository, EventPublisher publisher,
            EventScheduler scheduler) {
        InvoiceLayer layer = new InvoiceLayer(repository, publisher, scheduler);
        bus.subscribe("invoices", s -> s.on(PaymentSucceeded.class, layer.handlers::paymentSucceeded)
                .on(ReminderDue.class, layer.handlers::reminderDue).on(PaymentDue.class, layer.handlers::paymentDue)
                .ordering(Ordering.byKey()));
        bus.subscribe("reminders", s -> s.on(InvoiceCreated.class, layer.reminders::created)
                .on(InvoicePaid.class, layer.reminders::paid).on(InvoiceVoided.class, layer.reminders::voided)
                .on(InvoiceDeleted.class, layer.reminders::deleted).on(PaymentDue.class, layer.reminders::passed)
                .ordering(Ordering.byKey()));
        return layer;
    }

    static Document due(String number) {
        return Document.of(number, InvoiceKind.INVOICE, TODAY, "20001", "France").dueOn(DUE);
    }

    static BigDecimal gbp(String amount) {
        return new BigDecimal(amount);
    }
}
