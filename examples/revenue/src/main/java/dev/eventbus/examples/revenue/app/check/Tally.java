/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.check;

import dev.eventbus.examples.revenue.event.Document;
import dev.eventbus.examples.revenue.revenue.Earnings;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.SortedMap;
import java.util.TreeMap;

/** Adds the earnings of invoices up. Not thread-safe. */
final class Tally {
    private final SortedMap<YearMonth, BigDecimal> months = new TreeMap<>();
    private final SortedMap<String, BigDecimal> customers = new TreeMap<>();
    private final SortedMap<String, BigDecimal> deferred = new TreeMap<>();

    void add(Document document, Earnings earnings) {
        String customer = Figures.customer(document);
        earnings.months().forEach((month, amount) -> {
            months.merge(month, amount, BigDecimal::add);
            customers.merge(customer, amount, BigDecimal::add);
        });
        deferred.merge(customer, earnings.deferred(), BigDecimal::add);
    }

    Figures figures() {
        SortedMap<String, BigDecimal> left = new TreeMap<>(deferred);
        left.values().removeIf(sum -> sum.signum() == 0);
        return new Figures(months, customers, left);
    }
}
