/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.revenue;

import dev.eventbus.examples.revenue.event.Document;
import dev.eventbus.examples.revenue.event.MonthlyAmount;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the books say about one invoice. Immutable.
 *
 * @param document the invoice
 * @param revision the latest revision of the invoice that is in here, 0 for none
 * @param worth what the invoice is worth
 * @param through the last month of its service that has become revenue, or null if none has
 * @param entries in the order in which they were made
 */
public record RevenueAccount(Document document, int revision, Worth worth, @Nullable YearMonth through,
        List<RevenueEntry> entries) {
    /** Creates an account. */
    public RevenueAccount {
        entries = List.copyOf(entries);
    }

    static RevenueAccount open(Document document) {
        return new RevenueAccount(document, 0, Worth.NOTHING, null, List.of());
    }

    /**
     * Returns what the invoice has brought.
     *
     * @return sum of the entries, exact
     */
    public BigDecimal total() {
        return sum(RevenueEntry::amount);
    }

    /**
     * Returns what it has brought in each month, and what is to be earned later.
     *
     * @return sums of the entries, exact
     */
    public Earnings earnings() {
        List<MonthlyAmount> amounts = entries.stream().flatMap(entry -> entry.months().stream()).toList();
        return Earnings.sum(amounts, sum(RevenueEntry::deferred));
    }

    /**
     * Returns what is owed on top of it.
     *
     * @return sum of the taxes of the entries, exact
     */
    public BigDecimal tax() {
        return sum(RevenueEntry::tax);
    }

    private BigDecimal sum(Function<RevenueEntry, BigDecimal> part) {
        return entries.stream().map(part).reduce(BigDecimal.ZERO, BigDecimal::add);
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

    /** Tells whether the end of a month makes revenue of something that is deferred. */
    boolean earnsIn(YearMonth month) {
        return !worth.closed() && document.service() != null && document.service().months()
                .anyMatch(each -> !each.isAfter(month) && (through == null || each.isAfter(through)));
    }

    /** Returns by how much the entries have to change to be right. */
    Earnings difference() {
        Earnings booked = entries.isEmpty() ? Earnings.NONE : earnings();
        return Earnings.of(document, worth, through).minus(booked);
    }

    RevenueAccount at(int later) {
        return new RevenueAccount(document, later, worth, through, entries);
    }

    RevenueAccount worth(Worth now) {
        return new RevenueAccount(document, revision, now, through, entries);
    }

    RevenueAccount through(YearMonth month) {
        return new RevenueAccount(document, revision, worth, month, entries);
    }

    RevenueAccount with(RevenueEntry entry) {
        return new RevenueAccount(document, revision, worth, through,
                Stream.concat(entries.stream(), Stream.of(entry)).toList());
    }

    RevenueAccount announced(UUID eventId, UUID announcement) {
        List<RevenueEntry> marked = entries.stream()
                .map(entry -> entry.eventId().equals(eventId) ? entry.announcedAs(announcement) : entry).toList();
        return new RevenueAccount(document, revision, worth, through, marked);
    }
}
