/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue;

import dev.eventbus.examples.revenue.event.Document;
import dev.eventbus.examples.revenue.event.InvoiceKind;
import dev.eventbus.examples.revenue.event.InvoiceLine;
import dev.eventbus.examples.revenue.event.MonthlyAmount;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/** Invoices for tests. */
public final class Invoices {
    private Invoices() {
    }

    /** Returns the head of an invoice. */
    public static Document invoice(String number) {
        return Document.of(number, InvoiceKind.INVOICE, LocalDate.of(2025, 1, 31), "20001", "France");
    }

    /** Returns the head of a credit note. */
    public static Document creditNote(String number) {
        return Document.of(number, InvoiceKind.CREDIT_NOTE, LocalDate.of(2025, 2, 1), "20001", "France");
    }

    /** Returns the head of an adjustment. */
    public static Document adjustment(String number) {
        return Document.of(number, InvoiceKind.ADJUSTMENT, LocalDate.of(2025, 2, 1), null, "Spain");
    }

    /** Returns a line. */
    public static InvoiceLine line(int quantity, String price) {
        return new InvoiceLine("10001", "OAK PICTURE FRAME", quantity, new BigDecimal(price));
    }

    /** Returns an amount in the month of a document. */
    public static List<MonthlyAmount> at(Document document, String amount) {
        return List.of(new MonthlyAmount(document.month(), new BigDecimal(amount)));
    }
}
