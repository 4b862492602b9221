/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app;

import dev.eventbus.EventBus;
import dev.eventbus.examples.revenue.analytics.AnalyticsHandlers;
import dev.eventbus.examples.revenue.event.CustomerEvent;
import dev.eventbus.examples.revenue.event.InvoiceCreated;
import dev.eventbus.examples.revenue.event.InvoiceDeleted;
import dev.eventbus.examples.revenue.event.InvoiceEvent;
import dev.eventbus.examples.revenue.event.InvoiceOverdue;
import dev.eventbus.examples.revenue.event.InvoicePaid;
import dev.eventbus.examples.revenue.event.InvoicePaymentReceived;
import dev.eventbus.examples.revenue.event.InvoiceReminderSent;
import dev.eventbus.examples.revenue.event.InvoiceUpdated;
import dev.eventbus.examples.revenue.event.InvoiceVoided;
import dev.eventbus.examples.revenue.event.PaymentDue;
import dev.eventbus.examples.revenue.event.PaymentEvent;
import dev.eventbus.examples.revenue.event.PaymentRefunded;
import dev.eventbus.examples.revenue.event.PaymentSucceeded;
import dev.eventbus.examples.revenue.event.RecognitionDue;
import dev.eventbus.examples.revenue.event.ReminderDue;
import dev.eventbus.examples.revenue.event.RevenueEvent;
import dev.eventbus.examples.revenue.invoice.InvoiceHandlers;
import dev.eventbus.examples.revenue.invoice.Reminders;
import dev.eventbus.examples.revenue.notification.NotificationHandlers;
import dev.eventbus.examples.revenue.revenue.RevenueHandlers;
import dev.eventbus.idempotency.IdempotencyPolicy;
import dev.eventbus.subscribe.SubscriptionSpec;
import java.time.Duration;

/** Who gets which events, in which order, and what the bus has to know of them. Thread-safe. */
final class Subscriptions {
    /** Name of the subscription that keeps the books. */
    static final String REVENUE = "revenue";

    private static final Duration REMEMBERED = Duration.ofHours(24);

    private final EventBus bus;
    private final DispatchMode dispatch;

    Subscriptions(EventBus bus, DispatchMode dispatch) {
        this.bus = bus;
        this.dispatch = dispatch;
    }

    /** Keeps the books, invoice by invoice. */
    void revenue(RevenueHandlers handlers) {
        bus.subscribe(REVENUE, s -> once(dispatch.byInvoice(s)
                .onEvent(InvoiceCreated.class, handlers::created)
                .onEvent(InvoiceUpdated.class, handlers::updated)
                .on(InvoicePaymentReceived.class, handlers::settled)
                .on(InvoicePaid.class, handlers::settled)
                .on(InvoiceReminderSent.class, handlers::settled)
                .on(InvoiceOverdue.class, handlers::settled)
                .onEvent(InvoiceVoided.class, handlers::voided)
                .onEvent(InvoiceDeleted.class, handlers::deleted)
                .onEvent(PaymentRefunded.class, handlers::refunded)
                .onEvent(RecognitionDue.class, handlers::due)
                .circuitBreaker(RevenueSystem.TAX)));
    }

    // Changes invoices under their locks and publishes there: receives no event of an invoice, or both would wait.
    void invoices(InvoiceHandlers handlers) {
        bus.subscribe("invoices", s -> once(dispatch.byInvoice(s)
                .on(PaymentSucceeded.class, handlers::paymentSucceeded)
                .on(ReminderDue.class, handlers::reminderDue)
                .on(PaymentDue.class, handlers::paymentDue)));
    }

    /** Sets timers and takes them back. */
    void reminders(Reminders handlers) {
        bus.subscribe("reminders", s -> once(dispatch.byInvoice(s)
                .on(InvoiceCreated.class, handlers::created)
                .on(InvoicePaid.class, handlers::paid)
                .on(InvoiceVoided.class, handlers::voided)
                .on(InvoiceDeleted.class, handlers::deleted)
                .on(PaymentDue.class, handlers::passed)));
    }

    // An address comes before the mails that need it: one event at a time, which is the default.
    void notifications(NotificationHandlers handlers) {
        bus.subscribe("notifications", s -> once(s
                .onEvent(CustomerEvent.class, handlers::customer)
                .onEvent(InvoiceEvent.class, handlers::invoice)
                .onEvent(PaymentEvent.class, handlers::payment)));
    }

    // Its sums are of all invoices: one event at a time too.
    void analytics(AnalyticsHandlers handlers) {
        bus.subscribe("analytics", s -> once(s.on(RevenueEvent.class, handlers::changed)));
    }

    private static void once(SubscriptionSpec spec) {
        spec.idempotent(IdempotencyPolicy.byEventId(REMEMBERED));
    }
}
