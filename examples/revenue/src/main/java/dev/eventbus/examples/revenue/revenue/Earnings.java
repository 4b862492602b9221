/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.revenue;

import dev.eventbus.examples.revenue.event.Document;
import dev.eventbus.examples.revenue.event.MonthlyAmount;
import dev.eventbus.examples.revenue.event.ServicePeriod;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How what an invoice is worth is divided: into revenue of months, and what is to be earned later. Immutable.
 *
 * @param months revenue of each month, in GBP, exact
 * @param deferred what is to be earned later, in GBP, exact
 */
public record Earnings(SortedMap<YearMonth, BigDecimal> months, BigDecimal deferred) {
    static final Earnings NONE = new Earnings(Collections.emptySortedMap(), BigDecimal.ZERO);

    /** Creates earnings. */
    public Earnings {
        months = Collections.unmodifiableSortedMap(new TreeMap<>(months));
    }

    /**
     * Divides what an invoice is worth: all of it counts in the month of a document without service period; with one, what has
     * been earned in the months that have passed counts there, and the rest is deferred.
     *
     * <p>Depends on nothing else, so that it can be told anew from an invoice at any time.
     *
     * @param document head of the invoice
     * @param worth what it is worth
     * @param through the last month whose end has come, or null if none was waited for
     * @return its earnings
     */
    public static Earnings of(Document document, Worth worth, @Nullable YearMonth through) {
        ServicePeriod service = document.service();
        if (service == null) {
            return sum(List.of(new MonthlyAmount(document.month(), worth.left())), BigDecimal.ZERO);
        }
        if (through == null) {
            return sum(List.of(), worth.left());
        }
        StraightLine line = new StraightLine(worth.left(), service);
        return sum(line.monthsThrough(through), worth.left().subtract(line.through(through)));
    }

    static Earnings sum(Collection<MonthlyAmount> amounts, BigDecimal deferred) {
        SortedMap<YearMonth, BigDecimal> months = new TreeMap<>();
        amounts.forEach(each -> months.merge(each.month(), each.amount(), BigDecimal::add));
        return new Earnings(months, deferred);
    }

    /** Returns what changed: the months that are new, perhaps with nothing, and those whose revenue is another one now. */
    Earnings minus(Earnings before) {
        SortedMap<YearMonth, BigDecimal> difference = new TreeMap<>(months);
        before.months.forEach((month, amount) -> {
            BigDecimal change = months.getOrDefault(month, BigDecimal.ZERO).subtract(amount);
            if (change.signum() == 0) {
                difference.remove(month);
            } else {
                difference.put(month, change);
            }
        });
        return new Earnings(difference, deferred.subtract(before.deferred));
    }

    /**
     * Returns the revenue.
     *
     * @return sum of all months, in GBP, exact
     */
    public BigDecimal earned() {
        return months.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    List<MonthlyAmount> amounts() {
        return months.entrySet().stream().map(month -> new MonthlyAmount(month.getKey(), month.getValue())).toList();
    }
}
