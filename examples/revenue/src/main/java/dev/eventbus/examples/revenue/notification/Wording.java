/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.notification;

import dev.eventbus.examples.revenue.event.CustomerCreated;
import dev.eventbus.examples.revenue.event.CustomerDeleted;
import dev.eventbus.examples.revenue.event.CustomerEvent;
import dev.eventbus.examples.revenue.event.CustomerUpdated;
import dev.eventbus.examples.revenue.event.Document;
import dev.eventbus.examples.revenue.event.InvoiceCreated;
import dev.eventbus.examples.revenue.event.InvoiceDeleted;
import dev.eventbus.examples.revenue.event.InvoiceEvent;
import dev.eventbus.examples.revenue.event.InvoiceLine;
import dev.eventbus.examples.revenue.event.InvoiceOverdue;
import dev.eventbus.examples.revenue.event.InvoicePaid;
import dev.eventbus.examples.revenue.event.InvoicePaymentReceived;
import dev.eventbus.examples.revenue.event.InvoiceReminderSent;
import dev.eventbus.examples.revenue.event.InvoiceUpdated;
import dev.eventbus.examples.revenue.event.InvoiceVoided;
import dev.eventbus.examples.revenue.event.PaymentEvent;
import dev.eventbus.examples.revenue.event.PaymentFailed;
import dev.eventbus.examples.revenue.event.PaymentRefunded;
import dev.eventbus.examples.revenue.event.PaymentSucceeded;
import java.math.BigDecimal;
import java.util.Optional;

/** Says what happened in the words of the shop. Texts from outside come in as harmless lines. Stateless. */
final class Wording {
    /**
     * What a mail says, without who gets it.
     *
     * @param subject one line
     * @param sentence one line too
     */
    record Text(String subject, String sentence) {}

    Text of(CustomerEvent event) {
        return switch (event) {
            case CustomerCreated created -> new Text("Welcome",
                    "You are our customer " + PlainLine.of(created.customerId()) + ".");
            case CustomerUpdated updated -> new Text("Your details have changed",
                    "We keep your new details. If it was not you who changed them, please call us.");
            case CustomerDeleted deleted -> new Text("Goodbye", "We have deleted what we knew of you.");
        };
    }

    Text of(InvoiceEvent event) {
        String invoice = name(event.document());
        return switch (event) {
            case InvoiceCreated created -> new Text(invoice,
                    "It comes to " + gbp(InvoiceLine.total(created.lines())) + due(created.document()) + ".");
            case InvoiceUpdated updated -> new Text(invoice + " has changed",
                    gbp(InvoiceLine.total(updated.added())) + " were added to it.");
            case InvoicePaymentReceived received -> new Text("Payment received for " + invoice,
                    gbp(received.amount()) + " came in, " + gbp(received.outstanding().max(BigDecimal.ZERO))
                            + " are still to come.");
            case InvoicePaid paid -> new Text(invoice + " is paid", "Thank you.");
            case InvoiceReminderSent reminder -> new Text("Reminder of " + invoice,
                    gbp(reminder.outstanding()) + " are still to come" + due(reminder.document()) + ".");
            case InvoiceOverdue overdue -> new Text(invoice + " is overdue",
                    gbp(overdue.outstanding()) + " are still to come" + due(overdue.document()) + ".");
            case InvoiceVoided voided -> new Text(invoice + " is void", "You owe nothing for it.");
            case InvoiceDeleted deleted -> new Text(invoice + " was taken out", "You owe nothing for it.");
        };
    }

    /** Says nothing of money that came in, which the invoice acknowledges, with what is still to come. */
    Optional<Text> of(PaymentEvent event) {
        String payment = gbp(event.amount()) + " for invoice " + PlainLine.of(event.number());
        return switch (event) {
            case PaymentSucceeded succeeded -> Optional.empty();
            case PaymentFailed failed -> Optional.of(new Text("Payment failed",
                    payment + " did not come in: " + PlainLine.of(failed.reason()) + "."));
            case PaymentRefunded refunded -> Optional.of(new Text("Payment refunded",
                    payment + " are on their way back to you."));
        };
    }

    private static String name(Document document) {
        String kind = switch (document.kind()) {
            case INVOICE -> "Invoice ";
            case CREDIT_NOTE -> "Credit note ";
            case ADJUSTMENT -> "Adjustment ";
        };
        return kind + PlainLine.of(document.number());
    }

    private static String due(Document document) {
        return document.due() == null ? "" : ", due on " + document.due();
    }

    private static String gbp(BigDecimal amount) {
        return amount.toPlainString() + " GBP";
    }
}
