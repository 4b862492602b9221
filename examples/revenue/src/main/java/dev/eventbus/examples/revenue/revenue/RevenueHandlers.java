/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.revenue;

import dev.eventbus.examples.revenue.invoice.InvoiceCreated;
import dev.eventbus.examples.revenue.invoice.InvoiceDeleted;
import dev.eventbus.examples.revenue.invoice.InvoiceEvent;
import dev.eventbus.examples.revenue.invoice.InvoicePaid;
import dev.eventbus.examples.revenue.invoice.InvoiceUpdated;
import dev.eventbus.examples.revenue.invoice.InvoiceVoided;
import dev.eventbus.publish.EventPublisher;
import dev.eventbus.subscribe.Delivery;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiFunction;

/**
 * Hands the events of invoices to the books, each once, and announces what that changed.
 *
 * <p>An attempt that failed anywhere is taken up where it stopped: an entry that was written and not announced is announced by
 * the next attempt. Thread-safe for events of different invoices.
 */
public final class RevenueHandlers {
    private final RevenueService service;
    private final EventPublisher publisher;
    private final LongAdder duplicates = new LongAdder();

    /**
     * Creates the handlers.
     *
     * @param service keeps the books
     * @param publisher takes the announcements
     */
    public RevenueHandlers(RevenueService service, EventPublisher publisher) {
        this.service = service;
        this.publisher = publisher;
    }

    /**
     * Handles a creation.
     *
     * @param delivery the event
     */
    public void created(Delivery<InvoiceCreated> delivery) {
        enter(delivery, service::recognize);
    }

    /**
     * Handles an update.
     *
     * @param delivery the event
     */
    public void updated(Delivery<InvoiceUpdated> delivery) {
        enter(delivery, service::adjust);
    }

    /**
     * Handles a payment, which changes no revenue.
     *
     * @param delivery the event
     */
    public void paid(Delivery<InvoicePaid> delivery) {
        if (!isDone(delivery)) {
            service.settle(delivery.payload(), delivery.event().id());
        }
    }

    /**
     * Handles a declaration that an invoice is void.
     *
     * @param delivery the event
     */
    public void voided(Delivery<InvoiceVoided> delivery) {
        enter(delivery, service::reverse);
    }

    /**
     * Handles a deletion.
     *
     * @param delivery the event
     */
    public void deleted(Delivery<InvoiceDeleted> delivery) {
        enter(delivery, service::reverse);
    }

    /**
     * Counts the events that came once more although they had been handled.
     *
     * @return how many were recognised
     */
    public long duplicates() {
        return duplicates.sum();
    }

    private <E extends InvoiceEvent> void enter(Delivery<E> delivery, BiFunction<E, UUID, RevenueEntry> entering) {
        if (isDone(delivery)) {
            return;
        }
        E event = delivery.payload();
        UUID eventId = delivery.event().id();
        RevenueEntry entry = entering.apply(event, eventId);
        UUID announcement = publisher.publish(RevenueEvent.of(event.document(), entry)).eventId();
        service.announced(event.number(), eventId, announcement);
    }

    // Done already at the first attempt is a duplicate; at a later one it is what an earlier attempt did before it failed.
    private boolean isDone(Delivery<? extends InvoiceEvent> delivery) {
        boolean done = service.isDone(delivery.payload().number(), delivery.event().id());
        if (done && delivery.attempt() == 1) {
            duplicates.increment();
        }
        return done;
    }
}
