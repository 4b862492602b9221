/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.revenue;

import dev.eventbus.EventBusBuilder;
import dev.eventbus.examples.revenue.event.InvoiceCreated;
import dev.eventbus.examples.revenue.event.InvoiceDeleted;
import dev.eventbus.examples.revenue.event.InvoiceOverdue;
import dev.eventbus.examples.revenue.event.InvoicePaid;
import dev.eventbus.examples.revenue.event.InvoicePaymentReceived;
import dev.eventbus.examples.revenue.event.InvoiceReminderSent;
import dev.eventbus.examples.revenue.event.InvoiceUpdated;
import dev.eventbus.examples.revenue.event.InvoiceVoided;
import dev.eventbus.examples.revenue.event.PaymentRefunded;
import dev.eventbus.examples.revenue.event.RecognitionDue;
import dev.eventbus.examples.revenue.event.RevenueDeferred;
import dev.eventbus.examples.revenue.event.RevenueEvent;
import dev.eventbus.examples.revenue.event.RevenueRecognized;
import dev.eventbus.examples.revenue.event.RevenueRules;
import dev.eventbus.idempotency.IdempotencyPolicy;
import dev.eventbus.subscribe.SubscriptionSpec;
import java.time.Duration;

/** The subscription of the books as the program has it, for tests. */
public final class RevenueSubscription {
    private RevenueSubscription() {
    }

    /** Hands all that concerns the books to them, each event once; the order is for the test to choose. */
    public static SubscriptionSpec of(SubscriptionSpec spec, RevenueHandlers handlers) {
        return spec.onEvent(InvoiceCreated.class, handlers::created)
                .onEvent(InvoiceUpdated.class, handlers::updated)
                .on(InvoicePaymentReceived.class, handlers::settled)
                .on(InvoicePaid.class, handlers::settled)
                .on(InvoiceReminderSent.class, handlers::settled)
                .on(InvoiceOverdue.class, handlers::settled)
                .onEvent(InvoiceVoided.class, handlers::voided)
                .onEvent(InvoiceDeleted.class, handlers::deleted)
                .onEvent(PaymentRefunded.class, handlers::refunded)
                .onEvent(RecognitionDue.class, handlers::due)
                .idempotent(IdempotencyPolicy.byEventId(Duration.ofDays(400)));
    }

    /** Refuses announcements that break the rules. */
    public static void rules(EventBusBuilder bus) {
        RevenueRules rules = new RevenueRules();
        bus.validate(RevenueEvent.class, rules::any)
                .validate(RevenueDeferred.class, rules::deferred)
                .validate(RevenueRecognized.class, rules::recognized);
    }
}
