/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.input;

import dev.eventbus.examples.revenue.event.Document;
import dev.eventbus.examples.revenue.event.InvoiceLine;

/**
 * One good row.
 *
 * @param line where it stands in the file
 * @param document the invoice that it belongs to
 * @param item the article
 */
public record Row(long line, Document document, InvoiceLine item) {
    String number() {
        return document.number();
    }
}
