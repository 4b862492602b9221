/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.revenue;

import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One line of the books. Immutable.
 *
 * @param eventId event of the invoice that it was made for; there is one entry per event
 * @param revision revision of the invoice that the event made
 * @param change how revenue changed
 * @param amount by how much, in GBP, exact
 * @param tax what is owed on top of the amount, in GBP, exact; it is no revenue
 * @param announcement id of the event that told others, or null while nobody has been told
 */
public record RevenueEntry(UUID eventId, int revision, Change change, BigDecimal amount, BigDecimal tax,
        @Nullable UUID announcement) {
    RevenueEntry announcedAs(UUID id) {
        return new RevenueEntry(eventId, revision, change, amount, tax, id);
    }
}
