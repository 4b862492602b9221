/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.analytics;

import dev.eventbus.examples.revenue.event.Document;
import dev.eventbus.examples.revenue.event.RevenueEvent;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Adds up revenue by month, country and customer, and what is to be earned later by customer. Thread-safe. */
public final class RevenueAnalytics {
    /** Stands for the customers that nobody knows. */
    public static final String UNKNOWN_CUSTOMER = "(unknown)";

    private final Map<YearMonth, BigDecimal> byMonth = new ConcurrentHashMap<>();
    private final Map<String, BigDecimal> byCountry = new ConcurrentHashMap<>();
    private final Map<String, BigDecimal> byCustomer = new ConcurrentHashMap<>();
    private final Map<String, BigDecimal> deferred = new ConcurrentHashMap<>();

    void add(RevenueEvent event) {
        Document document = event.document();
        String customer = document.customer() == null ? UNKNOWN_CUSTOMER : document.customer();
        event.months().forEach(month -> {
            byMonth.merge(month.month(), month.amount(), BigDecimal::add);
            byCountry.merge(document.country(), month.amount(), BigDecimal::add);
            byCustomer.merge(customer, month.amount(), BigDecimal::add);
        });
        if (event.deferred().signum() != 0) {
            deferred.merge(customer, event.deferred(), BigDecimal::add);
        }
    }

    /**
     * Returns the revenue of each month.
     *
     * @return sums by month, in order
     */
    public SortedMap<YearMonth, BigDecimal> months() {
        return new TreeMap<>(byMonth);
    }

    /**
     * Returns the revenue of each customer.
     *
     * @return sums by customer, in order; all unknown ones count as one
     */
    public SortedMap<String, BigDecimal> customers() {
        return new TreeMap<>(byCustomer);
    }

    /**
     * Returns what each customer is still owed service for.
     *
     * @return sums by customer, in order, without those for whom it is nothing; all unknown ones count as one
     */
    public SortedMap<String, BigDecimal> deferred() {
        SortedMap<String, BigDecimal> sums = new TreeMap<>(deferred);
        sums.values().removeIf(sum -> sum.signum() == 0);
        return sums;
    }

    /**
     * Returns the countries that brought most.
     *
     * @param most how many
     * @return the first of the ranking
     */
    public List<Ranked> topCountries(int most) {
        return top(byCountry, most);
    }

    /**
     * Returns the customers that brought most.
     *
     * @param most how many
     * @return the first of the ranking; all unknown ones count as one
     */
    public List<Ranked> topCustomers(int most) {
        return top(byCustomer, most);
    }

    private static List<Ranked> top(Map<String, BigDecimal> sums, int most) {
        return sums.entrySet().stream().map(sum -> new Ranked(sum.getKey(), sum.getValue()))
                .sorted(Comparator.comparing(Ranked::amount).reversed().thenComparing(Ranked::name)).limit(most)
                .toList();
    }
}
