/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.revenue;

import dev.eventbus.examples.revenue.event.Document;
import dev.eventbus.examples.revenue.event.InvoiceCreated;
import dev.eventbus.examples.revenue.event.InvoiceDeleted;
import dev.eventbus.examples.revenue.event.InvoiceEvent;
import dev.eventbus.examples.revenue.event.InvoicePaid;
import dev.eventbus.examples.revenue.event.InvoiceUpdated;
import dev.eventbus.examples.revenue.event.InvoiceVoided;
import dev.eventbus.examples.revenue.event.MonthlyAmount;
import dev.eventbus.examples.revenue.event.RevenueAdjusted;
import dev.eventbus.examples.revenue.event.RevenueEvent;
import dev.eventbus.examples.revenue.event.RevenueRecognized;
import dev.eventbus.examples.revenue.event.RevenueReversed;
import dev.eventbus.publish.EventPublisher;
import dev.eventbus.subscribe.Delivery;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * Hands the events of invoices to the books, and announces what that changed.
 *
 * <p>That an event which comes twice is handled once is the business of the subscription, which is idempotent. What is left to
 * do here is to take an attempt that failed up where it stopped: an entry that was written is not written again, and one that
 * was not announced is announced by the next attempt. Thread-safe for events of different invoices.
 */
public final class RevenueHandlers {
    private final RevenueService service;
    private final EventPublisher publisher;

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
     * @param event the event
     */
    public void paid(InvoicePaid event) {
        service.settle(event);
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

    private <E extends InvoiceEvent> void enter(Delivery<E> delivery, BiFunction<E, UUID, RevenueEntry> entering) {
        E event = delivery.payload();
        UUID eventId = delivery.event().id();
        RevenueEntry entry = entering.apply(event, eventId);
        if (entry.announcement() == null) {
            UUID announcement = publisher.publish(announce(event.document(), entry)).eventId();
            service.announced(event.number(), eventId, announcement);
        }
    }

    private static RevenueEvent announce(Document document, RevenueEntry entry) {
        List<MonthlyAmount> months = List.of(new MonthlyAmount(document.month(), entry.amount()));
        return switch (entry.change()) {
            case RECOGNIZED -> new RevenueRecognized(document, months, BigDecimal.ZERO);
            case ADJUSTED -> new RevenueAdjusted(document, months, BigDecimal.ZERO);
            case REVERSED -> new RevenueReversed(document, months, BigDecimal.ZERO);
        };
    }
}
