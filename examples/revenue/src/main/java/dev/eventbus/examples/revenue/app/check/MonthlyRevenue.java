/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.check;

import dev.eventbus.examples.revenue.event.InvoiceKind;
import dev.eventbus.examples.revenue.revenue.Earnings;
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

/** What the books say: revenue by month and kind of document and by customer, and what is deferred. Immutable. */
public final class MonthlyRevenue {
    private final SortedMap<YearMonth, Map<InvoiceKind, BigDecimal>> months = new TreeMap<>();
    private final Figures figures;
    private final BigDecimal tax;

    /**
     * Adds up the books.
     *
     * @param accounts all of them
     */
    public MonthlyRevenue(Stream<RevenueAccount> accounts) {
        List<RevenueAccount> all = accounts.toList();
        Tally tally = new Tally();
        all.forEach(account -> {
            Earnings earnings = account.earnings();
            tally.add(account.document(), earnings);
            add(account.document().kind(), earnings);
        });
        figures = tally.figures();
        tax = sum(all.stream().map(RevenueAccount::tax));
    }

    private void add(InvoiceKind kind, Earnings earnings) {
        earnings.months().forEach((month, amount) -> months
                .computeIfAbsent(month, each -> new EnumMap<>(InvoiceKind.class))
                .merge(kind, amount, BigDecimal::add));
    }

    /**
     * Returns the months in which there is revenue.
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
        return figures.months();
    }

    /**
     * Returns the revenue of each customer.
     *
     * @return sums by customer, in order; all whom nobody knows count as one
     */
    public SortedMap<String, BigDecimal> customers() {
        return figures.customers();
    }

    /**
     * Returns what each customer has been billed for and has not got yet.
     *
     * @return sums by customer, in order, without those for whom it is nothing
     */
    public SortedMap<String, BigDecimal> deferredByCustomer() {
        return figures.deferred();
    }

    /**
     * Returns what is to be earned later.
     *
     * @return sum of all customers
     */
    public BigDecimal deferred() {
        return sum(figures.deferred().values().stream());
    }

    /**
     * Returns all of it in the form in which it is compared.
     *
     * @return sums by month and customer
     */
    public Figures figures() {
        return figures;
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
