/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.revenue;

import dev.eventbus.examples.revenue.event.MonthlyAmount;
import dev.eventbus.examples.revenue.event.ServicePeriod;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.YearMonth;
import java.util.List;

/**
 * Earns a worth over a service period: every day brings the same.
 *
 * <p>What is earned through the end of a month is the share of the days that have passed, rounded half even to the scale of the
 * worth, two digits at least; at the last day it is all of it. What a month brings is the difference of two such sums, so that
 * the months always add up to the worth, and none of them has another sign. Immutable.
 *
 * @param worth what the whole period brings, in GBP, exact
 * @param period the days
 */
public record StraightLine(BigDecimal worth, ServicePeriod period) {
    private static final int PENCE = 2;

    /**
     * Returns what is earned up to the end of a month.
     *
     * @param month any month
     * @return from zero before the period to the worth at its end, in GBP, rounded
     */
    public BigDecimal through(YearMonth month) {
        return worth.multiply(BigDecimal.valueOf(period.daysThrough(month)))
                .divide(BigDecimal.valueOf(period.days()), Math.max(PENCE, worth.scale()), RoundingMode.HALF_EVEN);
    }

    /**
     * Returns what a month brings.
     *
     * @param month any month
     * @return zero outside of the period, in GBP, rounded
     */
    public BigDecimal of(YearMonth month) {
        return through(month).subtract(through(month.minusMonths(1)));
    }

    /**
     * Returns what each month brings.
     *
     * @param last the last month that is asked for
     * @return the months of the period up to that one, in order
     */
    public List<MonthlyAmount> monthsThrough(YearMonth last) {
        return period.months().takeWhile(month -> !month.isAfter(last))
                .map(month -> new MonthlyAmount(month, of(month)))
                .toList();
    }
}
