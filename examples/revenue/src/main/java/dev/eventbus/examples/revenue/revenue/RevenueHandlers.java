/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.revenue;

import dev.eventbus.examples.revenue.event.Document;
import dev.eventbus.examples.revenue.event.InvoiceCreated;
import dev.eventbus.examples.revenue.event.InvoiceDeleted;
import dev.eventbus.examples.revenue.event.InvoiceEvent;
import dev.eventbus.examples.revenue.event.InvoiceUpdated;
import dev.eventbus.examples.revenue.event.InvoiceVoided;
import dev.eventbus.examples.revenue.event.PaymentRefunded;
import dev.eventbus.examples.revenue.event.RecognitionDue;
import dev.eventbus.examples.revenue.event.RevenueAdjusted;
import dev.eventbus.examples.revenue.event.RevenueDeferred;
import dev.eventbus.examples.revenue.event.RevenueEvent;
import dev.eventbus.examples.revenue.event.RevenueRecognized;
import dev.eventbus.examples.revenue.event.RevenueReversed;
import dev.eventbus.examples.revenue.event.ServicePeriod;
import dev.eventbus.publish.EventPublisher;
import dev.eventbus.publish.EventScheduler;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.subscribe.Delivery;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * Hands the events of invoices, refunds and months that have passed to the books, and announces what that changed.
 *
 * <p>That an event which comes twice is handled once is the business of the subscription, which is idempotent. What is left to
 * do here is to take an attempt that failed up where it stopped: an entry that was written is not written again, and one that
 * was not announced is announced by the next attempt.
 *
 * <p>An invoice with a service period gets a timer for each of its months, which ends when the month has passed, at once if it
 * has already. Another attempt may set one again: the books find nothing to do for a month that is revenue. Nor do they for an
 * invoice that was closed, whose timers stay until their months have passed. All of them count against what the bus lets wait,
 * {@code scheduledLimit}: an invoice that finds no room there is announced, and a dead letter until somebody redrives it.
 * Thread-safe for events of different invoices.
 */
public final class RevenueHandlers {
    private final RevenueService service;
    private final EventPublisher publisher;
    private final EventScheduler timers;

    /**
     * Creates the handlers.
     *
     * @param service keeps the books
     * @param publisher takes the announcements
     * @param timers tells when a month has passed
     */
    public RevenueHandlers(RevenueService service, EventPublisher publisher, EventScheduler timers) {
        this.service = service;
        this.publisher = publisher;
        this.timers = timers;
    }

    /**
     * Handles a creation.
     *
     * @param delivery the event
     */
    public void created(Delivery<InvoiceCreated> delivery) {
        enter(delivery, service::recognize);
        // Last, so that no timer that ends at once meets an entry that is not announced yet.
        Document document = delivery.payload().document();
        ServicePeriod period = document.service();
        if (period != null) {
            period.months().forEach(month -> await(document.number(), month));
        }
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
     * Handles what changes no revenue: a payment, a reminder, a due date that has passed.
     *
     * @param event the event
     */
    public void settled(InvoiceEvent event) {
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

    /**
     * Handles that a payment was given back.
     *
     * @param delivery the event
     */
    public void refunded(Delivery<PaymentRefunded> delivery) {
        UUID eventId = delivery.event().id();
        service.refund(delivery.payload(), eventId).ifPresent(account -> announce(account, eventId));
    }

    /**
     * Handles that a month of a service has passed.
     *
     * @param delivery the event
     */
    public void due(Delivery<RecognitionDue> delivery) {
        UUID eventId = delivery.event().id();
        service.earn(delivery.payload(), eventId).ifPresent(account -> announce(account, eventId));
    }

    private <E extends InvoiceEvent> void enter(Delivery<E> delivery, BiFunction<E, UUID, RevenueAccount> entering) {
        UUID eventId = delivery.event().id();
        announce(entering.apply(delivery.payload(), eventId), eventId);
    }

    private void announce(RevenueAccount account, UUID eventId) {
        String number = account.document().number();
        account.entry(eventId).filter(entry -> entry.announcement() == null).ifPresent(entry -> {
            RevenueEvent event = event(account.document(), entry);
            UUID announcement = announcementOf(eventId);
            publisher.publish(event, PublishOptions.options().id(announcement).key(number));
            service.announced(number, eventId, announcement);
        });
    }

    // Always the same, so that one which is repeated, since it could not be marked, is known by its id to whoever adds up.
    private static UUID announcementOf(UUID eventId) {
        return UUID.nameUUIDFromBytes(("revenue of " + eventId).getBytes(StandardCharsets.UTF_8));
    }

    private void await(String number, YearMonth month) {
        Instant end = month.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        timers.publishAt(end, new RecognitionDue(number, month), PublishOptions.options().key(number));
    }

    private static RevenueEvent event(Document document, RevenueEntry entry) {
        return switch (entry.change()) {
            case RECOGNIZED -> new RevenueRecognized(document, entry.months(), entry.deferred());
            case DEFERRED -> new RevenueDeferred(document, entry.months(), entry.deferred());
            case ADJUSTED -> new RevenueAdjusted(document, entry.months(), entry.deferred());
            case REVERSED -> new RevenueReversed(document, entry.months(), entry.deferred());
        };
    }
}
