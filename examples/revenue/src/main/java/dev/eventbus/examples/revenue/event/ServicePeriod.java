/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.event;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;

/**
 * The days on which a service is rendered. Immutable.
 *
 * @param from the first day
 * @param to the last day, not before the first
 */
public record ServicePeriod(LocalDate from, LocalDate to) {
    /** Creates a period. */
    public ServicePeriod {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("to must not be before from (" + from + "), was " + to);
        }
    }

    /**
     * Counts the days.
     *
     * @return at least 1
     */
    public long days() {
        return ChronoUnit.DAYS.between(from, to) + 1;
    }

    /**
     * Counts the days up to the end of a month.
     *
     * @param month any month
     * @return from 0 for a month before the period to {@link #days()}
     */
    public long daysThrough(YearMonth month) {
        LocalDate end = month.atEndOfMonth();
        long passed = ChronoUnit.DAYS.between(from, end) + 1;
        return Math.clamp(passed, 0, days());
    }

    /**
     * Returns the months in which there are days of the period.
     *
     * @return in order
     */
    public Stream<YearMonth> months() {
        return Stream.iterate(YearMonth.from(from), month -> !month.isAfter(YearMonth.from(to)),
                month -> month.plusMonths(1));
    }
}
