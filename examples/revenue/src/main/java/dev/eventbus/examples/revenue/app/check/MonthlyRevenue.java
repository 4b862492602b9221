/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.check;

import dev.eventbus.examples.revenue.event.InvoiceKind;
import dev.eventbus.examples.revenue.revenue.RevenueAccount;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the books say, by month and kind of document. Immutable. */
public final class MonthlyRevenue {
    private final SortedMap<YearMonth, Map<InvoiceKind, BigDecimal>> months = new TreeMap<>();
    private final BigDecimal tax;

    /**
     * Adds up the books.
     *
     * @param accounts all of them
     */
    public MonthlyRevenue(Stream<RevenueAccount> accounts) {
        List<RevenueAccount> all = accounts.toList();
        all.forEach(account -> months
                .computeIfAbsent(account.document().month(), month -> new EnumMap<>(InvoiceKind.class))
                .merge(account.document().kind(), account.total(), BigDecimal::add));
        tax = sum(all.stream().map(RevenueAccount::tax));
    }

    /**
     * Returns the months in which there are documents.
     *
     * @return in order
     */
    public Set<YearMonth> months() {
        return months.keySet();
    }

    /**
     * Returns the revenue of one kind in one month.
     *
     * @param month the month
     * @param kind the kind of document
     * @return its revenue, zero if there was none
     */
    public BigDecimal of(YearMonth month, InvoiceKind kind) {
        return months.getOrDefault(month, Map.of()).getOrDefault(kind, BigDecimal.ZERO);
    }

    /**
     * Returns the revenue of one kind.
     *
     * @param kind the kind of document
     * @return its revenue in all months
     */
    public BigDecimal of(InvoiceKind kind) {
        return sum(months.keySet().stream().map(month -> of(month, kind)));
    }

    /**
     * Returns the revenue of each month.
     *
     * @return sums by month, in order
     */
    public SortedMap<YearMonth, BigDecimal> totals() {
        SortedMap<YearMonth, BigDecimal> totals = new TreeMap<>();
        months.forEach((month, kinds) -> totals.put(month, sum(kinds.values().stream())));
        return totals;
    }

    /**
     * Returns all revenue.
     *
     * @return sum of all months
     */
    public BigDecimal total() {
        return sum(months.values().stream().map(Map::values).flatMap(Collection::stream));
    }

    /**
     * Returns what is owed on top of it.
     *
     * @return sum of all taxes
     */
    public BigDecimal tax() {
        return tax;
    }

    private static BigDecimal sum(Stream<BigDecimal> amounts) {
        return amounts.reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
