/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.invoice;

import dev.eventbus.publish.Validation;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What an invoice event must hold to: register each method with the bus as validator of its type.
 *
 * <p>Immutable.
 */
public final class InvoiceRules {
    private static final Pattern NUMBER = Pattern.compile("[CA]?[0-9]{1,20}");

    /**
     * Checks what all invoice events have in common.
     *
     * @param event the event
     */
    public void any(Validation<InvoiceEvent> event) {
        event.require("document.number", NUMBER.matcher(event.payload().number()).matches(),
                "must be digits, or C or A and digits");
        event.require("document.country", !event.payload().document().country().isBlank(), "must not be blank");
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
