/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.invoice;

import dev.eventbus.examples.revenue.event.Deadline;
import dev.eventbus.examples.revenue.event.Document;
import dev.eventbus.examples.revenue.event.InvoiceCreated;
import dev.eventbus.examples.revenue.event.InvoiceDeleted;
import dev.eventbus.examples.revenue.event.InvoiceKind;
import dev.eventbus.examples.revenue.event.InvoicePaid;
import dev.eventbus.examples.revenue.event.InvoiceVoided;
import dev.eventbus.examples.revenue.event.PaymentDue;
import dev.eventbus.examples.revenue.event.ReminderDue;
import dev.eventbus.publish.EventScheduler;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.publish.ScheduledPublish;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Sets the timers of an invoice that is to be paid until a day, and takes them back when nobody waits for money any more.
 *
 * <p>For a subscription of its own, keyed by invoice. A day begins at midnight UTC; one that has passed is due at once. A timer
 * that goes off while it is taken back does no harm: who handles it asks the invoice. In memory, gone with the process.
 * Thread-safe for events of different invoices.
 */
public final class Reminders {
    /** How many days before the due date the customer is reminded. */
    static final int DAYS_BEFORE = 3;

    private final EventScheduler scheduler;
    private final Map<String, List<ScheduledPublish>> timers = new ConcurrentHashMap<>(); // of invoices that await money

    /**
     * Creates the handlers.
     *
     * @param scheduler publishes when a day has come
     */
    public Reminders(EventScheduler scheduler) {
        this.scheduler = scheduler;
    }

    /**
     * Handles a creation: an invoice with a due date gets its timers.
     *
     * @param event the event
     */
    public void created(InvoiceCreated event) {
        Document document = event.document();
        LocalDate due = document.due();
        if (due != null && document.kind() == InvoiceKind.INVOICE) {
            cancel(event.number()); // what an attempt before this one may have set
            LocalDate reminder = due.minusDays(DAYS_BEFORE);
            set(reminder.isBefore(document.date()) ? document.date() : reminder, new ReminderDue(event.number()));
            set(due.plusDays(1), new PaymentDue(event.number()));
        }
    }

    /**
     * Handles a payment in full.
     *
     * @param event the event
     */
    public void paid(InvoicePaid event) {
        cancel(event.number());
    }

    /**
     * Handles a declaration that an invoice is void.
     *
     * @param event the event
     */
    public void voided(InvoiceVoided event) {
        cancel(event.number());
    }

    /**
     * Handles a deletion.
     *
     * @param event the event
     */
    public void deleted(InvoiceDeleted event) {
        cancel(event.number());
    }

    /**
     * Handles that the due date has passed, after which there is no timer left to take back.
     *
     * @param event the event
     */
    public void passed(PaymentDue event) {
        cancel(event.number());
    }

    /** Counts the invoices whose timers may still go off. */
    int size() {
        return timers.size();
    }

    private void set(LocalDate day, Deadline deadline) {
        ScheduledPublish timer = scheduler.publishAt(day.atStartOfDay(ZoneOffset.UTC).toInstant(), deadline,
                PublishOptions.options().key(deadline.number()));
        timers.computeIfAbsent(deadline.number(), number -> new CopyOnWriteArrayList<>()).add(timer);
    }

    private void cancel(String number) {
        List<ScheduledPublish> set = timers.remove(number);
        if (set != null) {
            set.forEach(ScheduledPublish::cancel);
        }
    }
}
