/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.revenue;

import dev.eventbus.examples.revenue.event.Document;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What the books say about one invoice. Immutable.
 *
 * @param document the invoice
 * @param revision the latest revision of the invoice that is in here, 0 for none
 * @param entries in the order in which they were made
 */
public record RevenueAccount(Document document, int revision, List<RevenueEntry> entries) {
    /** Creates an account. */
    public RevenueAccount {
        entries = List.copyOf(entries);
    }

    static RevenueAccount open(Document document) {
        return new RevenueAccount(document, 0, List.of());
    }

    /**
     * Returns what the invoice has brought.
     *
     * @return sum of the entries, exact
     */
    public BigDecimal total() {
        return entries.stream().map(RevenueEntry::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /**
     * Returns what is owed on top of it.
     *
     * @return sum of the taxes of the entries, exact
     */
    public BigDecimal tax() {
        return entries.stream().map(RevenueEntry::tax).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    Optional<RevenueEntry> entry(UUID eventId) {
        return entries.stream().filter(entry -> entry.eventId().equals(eventId)).findFirst();
    }

    // The same revision under another id is not out of order; whether the books stand it is for the checks to say.
    void requireInOrder(int next) {
        if (next < revision || next > revision + 1) {
            throw new RevisionOutOfOrderException(document.number(), next, revision);
        }
    }

    RevenueAccount with(RevenueEntry entry) {
        return new RevenueAccount(document, entry.revision(),
                Stream.concat(entries.stream(), Stream.of(entry)).toList());
    }

    RevenueAccount at(int later) {
        return new RevenueAccount(document, later, entries);
    }

    RevenueAccount announced(UUID eventId, UUID announcement) {
        List<RevenueEntry> marked = entries.stream()
                .map(entry -> entry.eventId().equals(eventId) ? entry.announcedAs(announcement) : entry).toList();
        return new RevenueAccount(document, revision, marked);
    }
}
