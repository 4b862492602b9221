/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.invoice;

import java.time.LocalDate;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/**
 * What stands at the head of an invoice and never changes.
 *
 * @param number its number
 * @param kind what sort of document it is
 * @param date day it was written
 * @param customer who it was written to, or null if nobody is known
 * @param country where the customer is
 */
public record Document(String number, InvoiceKind kind, LocalDate date, @Nullable String customer, String country) {
    /**
     * Returns the month in which the document counts, whenever its amounts change.
     *
     * @return month of the date
     */
    public YearMonth month() {
        return YearMonth.from(date);
    }
}
