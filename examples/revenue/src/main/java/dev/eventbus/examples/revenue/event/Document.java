/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.event;

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
 * @param due the last day on which it can be paid in time, or null if nobody waits for it
 * @param service the days over which its revenue is earned, or null if it is earned at once
 */
public record Document(String number, InvoiceKind kind, LocalDate date, @Nullable String customer, String country,
        @Nullable LocalDate due, @Nullable ServicePeriod service) {
    /**
     * Returns a head of something that is sold and done.
     *
     * @param number its number
     * @param kind what sort of document it is
     * @param date day it was written
     * @param customer who it was written to, or null if nobody is known
     * @param country where the customer is
     * @return a document without due date or service period
     */
    public static Document of(String number, InvoiceKind kind, LocalDate date, @Nullable String customer,
            String country) {
        return new Document(number, kind, date, customer, country, null, null);
    }

    /**
     * Sets the day until which it is to be paid.
     *
     * @param day the last day in time
     * @return the document with it
     */
    public Document dueOn(LocalDate day) {
        return new Document(number, kind, date, customer, country, day, service);
    }

    /**
     * Sets the days over which its revenue is earned.
     *
     * @param period the days
     * @return the document with them
     */
    public Document serving(ServicePeriod period) {
        return new Document(number, kind, date, customer, country, due, period);
    }

    /**
     * Returns the month in which the document counts whose revenue is earned at once, whenever its amounts change.
     *
     * @return month of the date
     */
    public YearMonth month() {
        return YearMonth.from(date);
    }
}
