/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.check;

import dev.eventbus.examples.revenue.analytics.RevenueAnalytics;
import dev.eventbus.examples.revenue.event.Document;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one source says of all invoices, in GBP, exact. Immutable.
 *
 * @param months revenue by month
 * @param customers revenue by customer, where all whom nobody knows count as one
 * @param deferred what is to be earned later by customer, without those for whom it is nothing
 */
public record Figures(SortedMap<YearMonth, BigDecimal> months, SortedMap<String, BigDecimal> customers,
        SortedMap<String, BigDecimal> deferred) {
    /** Creates figures. */
    public Figures {
        months = Collections.unmodifiableSortedMap(new TreeMap<>(months));
        customers = Collections.unmodifiableSortedMap(new TreeMap<>(customers));
        deferred = Collections.unmodifiableSortedMap(new TreeMap<>(deferred));
    }

    /**
     * Returns what the events of revenue told of.
     *
     * @param analytics what was added up from them
     * @return its sums as they are now
     */
    public static Figures announced(RevenueAnalytics analytics) {
        return new Figures(analytics.months(), analytics.customers(), analytics.deferred());
    }

    static String customer(Document document) {
        return document.customer() == null ? RevenueAnalytics.UNKNOWN_CUSTOMER : document.customer();
    }
}
