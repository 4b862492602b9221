/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.analytics;

import dev.eventbus.examples.revenue.event.Document;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Adds up revenue by month, country and customer. Thread-safe. */
public final class RevenueAnalytics {
    /** Stands for the customers that nobody knows. */
    public static final String UNKNOWN_CUSTOMER = "(unknown)";

    private final Map<YearMonth, BigDecimal> byMonth = new ConcurrentHashMap<>();
    private final Map<String, BigDecimal> byCountry = new ConcurrentHashMap<>();
    private final Map<String, BigDecimal> byCustomer = new ConcurrentHashMap<>();

    void add(Document document, BigDecimal amount) {
        String customer = document.customer() == null ? UNKNOWN_CUSTOMER : document.customer();
        byMonth.merge(document.month(), amount, BigDecimal::add);
        byCountry.merge(document.country(), amount, BigDecimal::add);
        byCustomer.merge(customer, amount, BigDecimal::add);
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
