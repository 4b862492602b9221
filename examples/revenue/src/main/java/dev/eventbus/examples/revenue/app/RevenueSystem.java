/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app;

import dev.eventbus.EventBus;
import dev.eventbus.breaker.CircuitBreakerPolicy;
import dev.eventbus.deadletter.DeadLetterStore;
import dev.eventbus.examples.revenue.analytics.AnalyticsHandlers;
import dev.eventbus.examples.revenue.analytics.RevenueAnalytics;
import dev.eventbus.examples.revenue.app.fault.RepeatingPublisher;
import dev.eventbus.examples.revenue.app.fault.TaxOutage;
import dev.eventbus.examples.revenue.app.watch.Journal;
import dev.eventbus.examples.revenue.app.watch.Latency;
import dev.eventbus.examples.revenue.app.watch.RetryDiary;
import dev.eventbus.examples.revenue.app.watch.Turns;
import dev.eventbus.examples.revenue.event.InvoiceCreated;
import dev.eventbus.examples.revenue.event.InvoiceDeleted;
import dev.eventbus.examples.revenue.event.InvoiceEvent;
import dev.eventbus.examples.revenue.event.InvoicePaid;
import dev.eventbus.examples.revenue.event.InvoiceRules;
import dev.eventbus.examples.revenue.event.InvoiceUpdated;
import dev.eventbus.examples.revenue.event.InvoiceVoided;
import dev.eventbus.examples.revenue.event.RevenueEvent;
import dev.eventbus.examples.revenue.invoice.InMemoryInvoiceRepository;
import dev.eventbus.examples.revenue.invoice.InvoiceActions;
import dev.eventbus.examples.revenue.invoice.InvoiceRepository;
import dev.eventbus.examples.revenue.invoice.InvoiceService;
import dev.eventbus.examples.revenue.operation.InMemoryOperationLog;
import dev.eventbus.examples.revenue.operation.OperationLog;
import dev.eventbus.examples.revenue.operation.Operations;
import dev.eventbus.examples.revenue.revenue.RevenueHandlers;
import dev.eventbus.examples.revenue.revenue.RevenueService;
import dev.eventbus.examples.revenue.revenue.RevisionOutOfOrderException;
import dev.eventbus.examples.revenue.tax.TaxServiceDownException;
import dev.eventbus.examples.revenue.tax.TaxTable;
import dev.eventbus.idempotency.IdempotencyPolicy;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.EventPublisher;
import dev.eventbus.spi.Clocks;
import java.time.Duration;

/**
 * All layers around one bus: the only place that knows how they hang together.
 *
 * <p>No operation has to wait for a handler to be right, on virtual threads neither. Invoices are written and read by operations,
 * which come from one thread. The account of an invoice is written and read by the handlers of its events, one after the other.
 * Sums belong to the one handler that adds up. Checks and reports read all of it, when the bus is at rest.
 */
final class RevenueSystem implements AutoCloseable {
    /** Name of the circuit breaker that whoever needs the tax service shares. */
    static final String TAX = "tax";

    // On the publisher's thread all that comes while the tax service is down is parked, each invoice a sequence of its own.
    private static final int MOST_DEAD_LETTERS = 100_000;
    private static final Duration REMEMBERED = Duration.ofHours(24);

    private final Journal journal = new Journal();
    private final Latency latency = new Latency();
    private final RetryDiary diary = new RetryDiary();
    private final OperationLog operations = new InMemoryOperationLog();
    private final InvoiceRepository invoices = new InMemoryInvoiceRepository();
    private final RevenueAnalytics analytics = new RevenueAnalytics();
    private final AnalyticsHandlers analyticsHandlers = new AnalyticsHandlers(analytics);
    private final Turns turns = new Turns();
    private final Books books;
    private final TaxOutage taxRates;
    private final DispatchMode dispatch;
    private final EventBus bus;
    private final RevenueHandlers revenueHandlers;
    private final InvoiceActions actions;

    RevenueSystem(Settings settings) {
        this.books = Books.of(settings);
        this.taxRates = new TaxOutage(new TaxTable(), settings.outage(), Clocks.system());
        this.dispatch = settings.dispatch();
        this.bus = bus(settings);
        this.revenueHandlers = new RevenueHandlers(new RevenueService(books.met(), taxRates), bus, bus);
        this.actions = new InvoiceActions(new InvoiceService(invoices, door(settings, bus)),
                new Operations(new OperationIds(), operations));
        subscribe();
    }

    private EventBus bus(Settings settings) {
        InvoiceRules rules = new InvoiceRules();
        return EventBus.builder("revenue")
                .dispatch(dispatch.dispatch())
                .retry(retry(settings))
                .deadLetters(DeadLetterStore.inMemory(MOST_DEAD_LETTERS, MOST_DEAD_LETTERS))
                .circuitBreaker(TAX, taxBreaker())
                .validate(InvoiceEvent.class, rules::any)
                .validate(InvoiceCreated.class, rules::created)
                .validate(InvoiceUpdated.class, rules::updated)
                .observe(journal)
                .observe(latency)
                .observe(diary)
                .observe(turns)
                .build();
    }

    private static RetryPolicy retry(Settings settings) {
        RetryPolicy policy = settings.failures() > 0
                ? RetryPolicy.fixed(Duration.ofMillis(1)).maxAttempts(8)
                : RetryPolicy.exponential(Duration.ofMillis(4), Duration.ofMillis(20)).maxAttempts(4);
        return policy.abortOn(RevisionOutOfOrderException.class);
    }

    // Opens at the second failure in a row, since an attempt more would only be used up; other failures say nothing about it.
    static CircuitBreakerPolicy taxBreaker() {
        return CircuitBreakerPolicy.failureRate(0.5).window(4)
                .openFor(Duration.ofMillis(50), Duration.ofMillis(400)).halfOpen(1)
                .recordOn(TaxServiceDownException.class);
    }

    private static EventPublisher door(Settings settings, EventPublisher bus) {
        EventPublisher door = settings.plant() == null ? bus : settings.plant().before(bus);
        EventPublisher all = settings.duplicates() > 0 ? new RepeatingPublisher(door, settings.duplicates()) : door;
        return new PatientPublisher(all, settings.clients());
    }

    private void subscribe() {
        bus.subscribe("revenue", s -> dispatch.byInvoice(s)
                .onEvent(InvoiceCreated.class, revenueHandlers::created)
                .onEvent(InvoiceUpdated.class, revenueHandlers::updated)
                .on(InvoicePaid.class, revenueHandlers::settled)
                .onEvent(InvoiceVoided.class, revenueHandlers::voided)
                .onEvent(InvoiceDeleted.class, revenueHandlers::deleted)
                .circuitBreaker(TAX)
                .idempotent(IdempotencyPolicy.byEventId(REMEMBERED)));
        // Its sums are of all invoices: one event at a time, which is the default.
        bus.subscribe("analytics", s -> s.on(RevenueEvent.class, analyticsHandlers::changed)
                .idempotent(IdempotencyPolicy.byEventId(REMEMBERED)));
    }

    InvoiceActions actions() {
        return actions;
    }

    InvoiceRepository invoices() {
        return invoices;
    }

    OperationLog operations() {
        return operations;
    }

    RevenueAnalytics analytics() {
        return analytics;
    }

    Books books() {
        return books;
    }

    EventBus bus() {
        return bus;
    }

    Journal journal() {
        return journal;
    }

    Latency latency() {
        return latency;
    }

    RetryDiary diary() {
        return diary;
    }

    Turns turns() {
        return turns;
    }

    /** Takes away what made events fail, as an operator would before a redrive. */
    void mend() {
        books.mend().run();
        taxRates.mend();
        bus.circuitBreaker(TAX).reset();
    }

    @Override
    public void close() {
        bus.close();
    }
}
