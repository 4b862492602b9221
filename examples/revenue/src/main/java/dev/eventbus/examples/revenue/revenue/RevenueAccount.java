/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.revenue;

import dev.eventbus.examples.revenue.invoice.Document;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the books say about one invoice. Immutable.
 *
 * @param document the invoice
 * @param revision the latest revision of the invoice that is in here, 0 for none
 * @param entries in the order in which they were made
 * @param payments events that told of a payment
 */
public record RevenueAccount(Document document, int revision, List<RevenueEntry> entries, Set<UUID> payments) {
    /** Creates an account. */
    public RevenueAccount {
        entries = List.copyOf(entries);
        payments = Set.copyOf(payments);
    }

    static RevenueAccount open(Document document) {
        return new RevenueAccount(document, 0, List.of(), Set.of());
    }

    /**
     * Returns what the invoice has brought.
     *
     * @return sum of the entries, exact
     */
    public BigDecimal total() {
        return entries.stream().map(RevenueEntry::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    Optional<RevenueEntry> entry(UUID eventId) {
        return entries.stream().filter(entry -> entry.eventId().equals(eventId)).findFirst();
    }

    boolean isDone(UUID eventId) {
        return payments.contains(eventId) || entry(eventId).filter(entry -> entry.announcement() != null).isPresent();
    }

    // The same revision under another id is not out of order; whether the books stand it is for the checks to say.
    void requireInOrder(int next) {
        if (next < revision || next > revision + 1) {
            throw new RevisionOutOfOrderException(document.number(), next, revision);
        }
    }

    RevenueAccount with(RevenueEntry entry) {
        return new RevenueAccount(document, entry.revision(),
                Stream.concat(entries.stream(), Stream.of(entry)).toList(),
                payments);
    }

    RevenueAccount paid(UUID eventId, int atRevision) {
        return new RevenueAccount(document, atRevision, entries,
                Stream.concat(payments.stream(), Stream.of(eventId)).collect(Collectors.toSet()));
    }

    RevenueAccount announced(UUID eventId, UUID announcement) {
        List<RevenueEntry> marked = entries.stream()
                .map(entry -> entry.eventId().equals(eventId) ? entry.announcedAs(announcement) : entry).toList();
        return new RevenueAccount(document, revision, marked, payments);
    }
}
