/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.check;

import dev.eventbus.examples.revenue.event.InvoiceLine;
import dev.eventbus.examples.revenue.invoice.Invoice;
import dev.eventbus.examples.revenue.invoice.InvoiceRepository;
import dev.eventbus.examples.revenue.revenue.Earnings;
import dev.eventbus.examples.revenue.revenue.Worth;
import java.math.BigDecimal;
import java.time.Year;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Compares revenue that came by events, month by month and customer by customer, and what is deferred, with what the invoices
 * themselves and what was given back of them add up to. Thread-safe.
 */
public final class Reconciliation {
    private static final YearMonth END_OF_TIME = YearMonth.of(Year.MAX_VALUE, 12);

    private final InvoiceRepository invoices;
    private final Map<String, BigDecimal> refunds;
    private final YearMonth through;

    /**
     * Creates the check for invoices of which nothing was given back and whose services are over.
     *
     * @param invoices what is to be right
     */
    public Reconciliation(InvoiceRepository invoices) {
        this(invoices, Map.of(), END_OF_TIME);
    }

    /**
     * Creates the check.
     *
     * @param invoices what is to be right
     * @param refunds what was given back, by number of the invoice
     * @param through the last month whose end has come: services up to there have been rendered
     */
    public Reconciliation(InvoiceRepository invoices, Map<String, BigDecimal> refunds, YearMonth through) {
        this.invoices = invoices;
        this.refunds = Map.copyOf(refunds);
        this.through = through;
    }

    /**
     * Compares.
     *
     * @param booked what the books say, which the events of invoices made
     * @param announced what the events of revenue told of
     * @return passed if all three agree to the last digit
     */
    public CheckResult compare(Figures booked, Figures announced) {
        Figures invoiced = invoiced();
        List<String> findings = new ArrayList<>();
        int months = differences(findings, "", invoiced.months(), booked.months(), announced.months());
        differences(findings, "customer ", invoiced.customers(), booked.customers(), announced.customers());
        differences(findings, "deferred of ", invoiced.deferred(), booked.deferred(), announced.deferred());
        return CheckResult.of("reconciled", "revenue from events against " + months
                + " months of invoices added up anew", findings);
    }

    private Figures invoiced() {
        Tally tally = new Tally();
        invoices.all().forEach((Invoice invoice) -> tally.add(invoice.document(), earnings(invoice)));
        return tally.figures();
    }

    private Earnings earnings(Invoice invoice) {
        BigDecimal refunded = refunds.getOrDefault(invoice.document().number(), BigDecimal.ZERO);
        Worth worth = new Worth(InvoiceLine.total(invoice.lines()), refunded, invoice.state().isFinal());
        return Earnings.of(invoice.document(), worth, through);
    }

    private static <K> int differences(List<String> findings, String what, SortedMap<K, BigDecimal> invoiced,
            SortedMap<K, BigDecimal> booked, SortedMap<K, BigDecimal> announced) {
        SortedSet<K> keys = new TreeSet<>(invoiced.keySet());
        keys.addAll(booked.keySet());
        keys.addAll(announced.keySet());
        for (K key : keys) {
            difference(findings, what + key, "books", of(booked, key), of(invoiced, key));
            difference(findings, what + key, "announced", of(announced, key), of(invoiced, key));
        }
        return keys.size();
    }

    private static void difference(List<String> findings, String what, String where, BigDecimal found,
            BigDecimal expected) {
        if (found.compareTo(expected) != 0) {
            findings.add(what + ": " + where + " " + found.toPlainString() + ", invoices " + expected.toPlainString());
        }
    }

    private static <K> BigDecimal of(SortedMap<K, BigDecimal> sums, K key) {
        return sums.getOrDefault(key, BigDecimal.ZERO);
    }
}
