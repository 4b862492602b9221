/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app;

import dev.eventbus.EventBusBuilder;
import dev.eventbus.examples.revenue.event.CustomerCreated;
import dev.eventbus.examples.revenue.event.CustomerEvent;
import dev.eventbus.examples.revenue.event.CustomerRules;
import dev.eventbus.examples.revenue.event.CustomerUpdated;
import dev.eventbus.examples.revenue.event.InvoiceCreated;
import dev.eventbus.examples.revenue.event.InvoiceEvent;
import dev.eventbus.examples.revenue.event.InvoiceOverdue;
import dev.eventbus.examples.revenue.event.InvoicePaymentReceived;
import dev.eventbus.examples.revenue.event.InvoiceReminderSent;
import dev.eventbus.examples.revenue.event.InvoiceRules;
import dev.eventbus.examples.revenue.event.InvoiceUpdated;
import dev.eventbus.examples.revenue.event.PaymentEvent;
import dev.eventbus.examples.revenue.event.PaymentFailed;
import dev.eventbus.examples.revenue.event.PaymentRules;
import dev.eventbus.examples.revenue.event.RevenueDeferred;
import dev.eventbus.examples.revenue.event.RevenueEvent;
import dev.eventbus.examples.revenue.event.RevenueRecognized;
import dev.eventbus.examples.revenue.event.RevenueRules;

/** Registers the rules of all families: what does not hold to them is published by nobody. Stateless. */
final class Validators {
    EventBusBuilder register(EventBusBuilder bus) {
        return revenue(payments(customers(invoices(bus))));
    }

    private static EventBusBuilder invoices(EventBusBuilder bus) {
        InvoiceRules rules = new InvoiceRules();
        return bus.validate(InvoiceEvent.class, rules::any)
                .validate(InvoiceCreated.class, rules::created)
                .validate(InvoiceUpdated.class, rules::updated)
                .validate(InvoicePaymentReceived.class, rules::paymentReceived)
                .validate(InvoiceReminderSent.class, rules::reminderSent)
                .validate(InvoiceOverdue.class, rules::overdue);
    }

    private static EventBusBuilder customers(EventBusBuilder bus) {
        CustomerRules rules = new CustomerRules();
        return bus.validate(CustomerEvent.class, rules::any)
                .validate(CustomerCreated.class, rules::created)
                .validate(CustomerUpdated.class, rules::updated);
    }

    private static EventBusBuilder payments(EventBusBuilder bus) {
        PaymentRules rules = new PaymentRules();
        return bus.validate(PaymentEvent.class, rules::any)
                .validate(PaymentFailed.class, rules::failed);
    }

    private static EventBusBuilder revenue(EventBusBuilder bus) {
        RevenueRules rules = new RevenueRules();
        return bus.validate(RevenueEvent.class, rules::any)
                .validate(RevenueDeferred.class, rules::deferred)
                .validate(RevenueRecognized.class, rules::recognized);
    }
}
