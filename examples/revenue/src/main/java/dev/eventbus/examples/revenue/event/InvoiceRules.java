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
    // Ten years with their leap days: each month of a service takes a timer, and a bus holds no more than its limit.
    private static final int MOST_DAYS = 3_653;

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
        event.require("document.customer", document.customer() == null || !document.customer().isBlank(),
                "must not be blank");
        event.require("document.due", document.due() == null || !document.due().isBefore(document.date()),
                "must not be before the date of the document");
        event.require("document.service", document.service() == null || document.service().days() <= MOST_DAYS,
                "must have at most " + MOST_DAYS + " days");
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
        Amounts.requireShort(event, "amount", event.payload().amount());
        Amounts.requireScaled(event, "outstanding", event.payload().outstanding());
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
        Amounts.requireScaled(event, "outstanding", outstanding);
    }

    // Texts of paths are made for what is wrong alone: an invoice may have hundreds of lines.
    private static void lines(Validation<?> event, String path, List<InvoiceLine> lines) {
        event.require(path, !lines.isEmpty(), "must not be empty");
        for (int i = 0; i < lines.size(); i++) {
            InvoiceLine line = lines.get(i);
            if (line.stockCode().isBlank()) {
                event.require(path + "[" + i + "].stockCode", false, "must not be blank");
            }
            if (!Amounts.isShort(line.unitPrice())) {
                Amounts.requireShort(event, path + "[" + i + "].unitPrice", line.unitPrice());
            }
        }
    }
}
