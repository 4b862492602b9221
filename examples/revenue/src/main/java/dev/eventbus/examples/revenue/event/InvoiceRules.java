/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.event;

import dev.eventbus.publish.Validation;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What an invoice event must hold to: register each method with the bus as validator of its type.
 *
 * <p>Immutable.
 */
public final class InvoiceRules {
    static final Pattern NUMBER = Pattern.compile("[CA]?[0-9]{1,20}");

    /**
     * Checks what all invoice events have in common.
     *
     * @param event the event
     */
    public void any(Validation<InvoiceEvent> event) {
        Document document = event.payload().document();
        event.require("document.number", NUMBER.matcher(document.number()).matches(),
                "must be digits, or C or A and digits");
        event.require("document.country", !document.country().isBlank(), "must not be blank");
        event.require("document.due", document.due() == null || !document.due().isBefore(document.date()),
                "must not be before the date of the document");
        event.require("revision", event.payload().revision() >= 1, "must be >= 1");
    }

    /**
     * Checks a creation.
     *
     * @param event the event
     */
    public void created(Validation<InvoiceCreated> event) {
        event.require("revision", event.payload().revision() == 1, "must be 1");
        lines(event, "lines", event.payload().lines());
    }

    /**
     * Checks an update.
     *
     * @param event the event
     */
    public void updated(Validation<InvoiceUpdated> event) {
        event.require("revision", event.payload().revision() > 1, "must be > 1");
        lines(event, "added", event.payload().added());
    }

    /**
     * Checks that money came in.
     *
     * @param event the event
     */
    public void paymentReceived(Validation<InvoicePaymentReceived> event) {
        event.require("paymentId", !event.payload().paymentId().isBlank(), "must not be blank");
        event.require("amount", event.payload().amount().signum() > 0, "must be positive");
    }

    /**
     * Checks a reminder.
     *
     * @param event the event
     */
    public void reminderSent(Validation<InvoiceReminderSent> event) {
        waitedFor(event, event.payload().document(), event.payload().outstanding());
    }

    /**
     * Checks that nobody paid in time.
     *
     * @param event the event
     */
    public void overdue(Validation<InvoiceOverdue> event) {
        waitedFor(event, event.payload().document(), event.payload().outstanding());
    }

    private static void waitedFor(Validation<?> event, Document document, BigDecimal outstanding) {
        event.require("document.due", document.due() != null, "must be there");
        event.require("outstanding", outstanding.signum() > 0, "must be positive");
    }

    private static void lines(Validation<?> event, String path, List<InvoiceLine> lines) {
        event.require(path, !lines.isEmpty(), "must not be empty");
        for (int i = 0; i < lines.size(); i++) {
            boolean named = !lines.get(i).stockCode().isBlank();
            if (!named) {
                event.require(path + "[" + i + "].stockCode", false, "must not be blank");
            }
        }
    }
}
