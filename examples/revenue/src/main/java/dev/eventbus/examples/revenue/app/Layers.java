/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app;

import dev.eventbus.examples.revenue.analytics.AnalyticsHandlers;
import dev.eventbus.examples.revenue.analytics.RevenueAnalytics;
import dev.eventbus.examples.revenue.app.scenario.Doors;
import dev.eventbus.examples.revenue.customer.CustomerActions;
import dev.eventbus.examples.revenue.customer.CustomerService;
import dev.eventbus.examples.revenue.customer.InMemoryCustomerRepository;
import dev.eventbus.examples.revenue.invoice.InMemoryInvoiceRepository;
import dev.eventbus.examples.revenue.invoice.InvoiceActions;
import dev.eventbus.examples.revenue.invoice.InvoiceHandlers;
import dev.eventbus.examples.revenue.invoice.InvoiceRepository;
import dev.eventbus.examples.revenue.invoice.InvoiceService;
import dev.eventbus.examples.revenue.invoice.Reminders;
import dev.eventbus.examples.revenue.notification.NotificationHandlers;
import dev.eventbus.examples.revenue.notification.Outbox;
import dev.eventbus.examples.revenue.operation.InMemoryOperationLog;
import dev.eventbus.examples.revenue.operation.OperationLog;
import dev.eventbus.examples.revenue.operation.Operations;
import dev.eventbus.examples.revenue.payment.InMemoryPaymentGateway;
import dev.eventbus.examples.revenue.payment.InMemoryPaymentRepository;
import dev.eventbus.examples.revenue.payment.PaymentActions;
import dev.eventbus.examples.revenue.payment.PaymentRepository;
import dev.eventbus.examples.revenue.payment.PaymentService;
import dev.eventbus.examples.revenue.revenue.RevenueHandlers;
import dev.eventbus.examples.revenue.revenue.RevenueService;
import dev.eventbus.publish.EventPublisher;
import dev.eventbus.publish.EventScheduler;
import java.util.function.Supplier;

/**
 * Everything that is no bus: what each layer keeps, and who decides and handles in it. Only here do the layers meet.
 *
 * <p>Thread-safe once it is subscribed.
 */
final class Layers {
    private final OperationLog operations = new InMemoryOperationLog();
    private final InvoiceRepository invoices = new InMemoryInvoiceRepository();
    private final PaymentRepository payments = new InMemoryPaymentRepository();
    private final RevenueAnalytics analytics = new RevenueAnalytics();
    private final InvoiceService invoiceService;
    private final Doors doors;

    /**
     * Puts the layers together.
     *
     * @param entrances take the events of what somebody outside asked for, one for each service: who waits there for events
     *     does so under the lock of an invoice, a customer or a payment, and must not wait for a handler that needs that lock
     */
    Layers(Supplier<? extends EventPublisher> entrances) {
        Operations opening = new Operations(new OperationIds(), operations);
        this.invoiceService = new InvoiceService(invoices, entrances.get());
        CustomerService customers = new CustomerService(new InMemoryCustomerRepository(), entrances.get());
        PaymentService paying = new PaymentService(payments, new InMemoryPaymentGateway(), entrances.get());
        this.doors = new Doors(new CustomerActions(customers, opening), new InvoiceActions(invoiceService, opening),
                new PaymentActions(paying, opening));
    }

    /**
     * Lets each layer hear what it needs to.
     *
     * @param bus where from
     * @param books decides what revenue is
     * @param publisher takes what the books announce
     * @param timers tell when a day has come
     * @param outbox takes the mails
     */
    void subscribe(Subscriptions bus, RevenueService books, EventPublisher publisher, EventScheduler timers,
            Outbox outbox) {
        bus.revenue(new RevenueHandlers(books, publisher, timers));
        bus.invoices(new InvoiceHandlers(invoiceService));
        bus.reminders(new Reminders(timers));
        bus.notifications(new NotificationHandlers(outbox));
        bus.analytics(new AnalyticsHandlers(analytics));
    }

    Doors doors() {
        return doors;
    }

    OperationLog operations() {
        return operations;
    }

    InvoiceRepository invoices() {
        return invoices;
    }

    PaymentRepository payments() {
        return payments;
    }

    RevenueAnalytics analytics() {
        return analytics;
    }
}
