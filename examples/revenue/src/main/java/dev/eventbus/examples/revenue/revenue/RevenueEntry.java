/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.revenue;

import dev.eventbus.examples.revenue.event.MonthlyAmount;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One line of the books. Immutable.
 *
 * @param eventId event that it was made for; there is one entry per event
 * @param revision revision of the invoice that the event made, or met if it was no event of an invoice
 * @param change how revenue changed
 * @param months by how much in each month, in order, in GBP, exact
 * @param deferred by how much changed what is to be earned later, in GBP, exact
 * @param tax what is owed on top of both, in GBP, exact; it is no revenue
 * @param announcement id of the event that told others, or null while nobody has been told
 */
public record RevenueEntry(UUID eventId, int revision, Change change, List<MonthlyAmount> months, BigDecimal deferred,
        BigDecimal tax, @Nullable UUID announcement) {
    /** Creates an entry. */
    public RevenueEntry {
        months = List.copyOf(months);
    }

    /**
     * Returns by how much revenue changed.
     *
     * @return sum of all months, in GBP, exact
     */
    public BigDecimal amount() {
        return months.stream().map(MonthlyAmount::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    RevenueEntry announcedAs(UUID id) {
        return new RevenueEntry(eventId, revision, change, months, deferred, tax, id);
    }
}
