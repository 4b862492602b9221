/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.check;

import dev.eventbus.examples.revenue.invoice.Invoice;
import dev.eventbus.examples.revenue.invoice.InvoiceRepository;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares revenue that came by events, month by month, with what the invoices themselves add up to. */
public final class Reconciliation {
    private final InvoiceRepository invoices;

    /**
     * Creates the check.
     *
     * @param invoices what is to be right
     */
    public Reconciliation(InvoiceRepository invoices) {
        this.invoices = invoices;
    }

    /**
     * Compares.
     *
     * @param booked revenue of each month in the books, which the events of invoices made
     * @param announced revenue of each month that the events of revenue told of
     * @return passed if all three agree to the last digit in every month
     */
    public CheckResult compare(SortedMap<YearMonth, BigDecimal> booked, SortedMap<YearMonth, BigDecimal> announced) {
        SortedMap<YearMonth, BigDecimal> invoiced = invoiced();
        SortedSet<YearMonth> months = new TreeSet<>(invoiced.keySet());
        months.addAll(booked.keySet());
        months.addAll(announced.keySet());
        List<String> findings = new ArrayList<>();
        for (YearMonth month : months) {
            BigDecimal expected = of(invoiced, month);
            difference(findings, month, "books", of(booked, month), expected);
            difference(findings, month, "announced", of(announced, month), expected);
        }
        return CheckResult.of("reconciled", "revenue from events against " + months.size()
                + " months of invoices added up anew", findings);
    }

    private SortedMap<YearMonth, BigDecimal> invoiced() {
        SortedMap<YearMonth, BigDecimal> sums = new TreeMap<>();
        invoices.all()
                .forEach((Invoice invoice) -> sums.merge(invoice.document().month(), invoice.total(), BigDecimal::add));
        return sums;
    }

    private static void difference(List<String> findings, YearMonth month, String where, BigDecimal found,
            BigDecimal expected) {
        if (found.compareTo(expected) != 0) {
            findings.add(month + ": " + where + " " + found.toPlainString() + ", invoices " + expected.toPlainString());
        }
    }

    private static BigDecimal of(SortedMap<YearMonth, BigDecimal> sums, YearMonth month) {
        return sums.getOrDefault(month, BigDecimal.ZERO);
    }
}
