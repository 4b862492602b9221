/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.check;

import static dev.eventbus.examples.revenue.Invoices.invoice;
import static dev.eventbus.examples.revenue.Invoices.line;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.examples.revenue.app.watch.Percentiles;
import dev.eventbus.examples.revenue.event.Document;
import dev.eventbus.examples.revenue.event.ServicePeriod;
import dev.eventbus.examples.revenue.invoice.InMemoryInvoiceRepository;
import dev.eventbus.examples.revenue.invoice.Invoice;
import dev.eventbus.examples.revenue.invoice.InvoiceRepository;
import dev.eventbus.examples.revenue.invoice.InvoiceState;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Checks that have to find something. */
@DisplayNameGeneration(ReplaceUnderscores.class)
final class ChecksTest {
    private static final YearMonth FEBRUARY = YearMonth.of(2026, 2);
    /** 16 days of January, all of February and March, 15 of April: 90. */
    private static final Document SERVICE = invoice("2")
            .serving(new ServicePeriod(LocalDate.of(2026, 1, 16), LocalDate.of(2026, 4, 15)));
    private static final Figures NOTHING = new Figures(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());

    private final InvoiceRepository invoices = new InMemoryInvoiceRepository();
    private final Reconciliation reconciliation = new Reconciliation(invoices);

    @BeforeEach
    void create() {
        invoices.save(Invoice.create(invoice("1"), List.of(line(1, "5.00"))));
    }

    @Test
    void passes_whatever_the_scale() {
        assertThat(reconciliation.compare(january("5.000"), january("5")).passed()).isTrue();
    }

    @Test
    void finds_what_is_missing_in_the_books_and_in_the_announcements() {
        assertThat(reconciliation.compare(NOTHING, january("5.00")).findings())
                .containsExactly("2025-01: books 0, invoices 5.00", "customer 20001: books 0, invoices 5.00");
        assertThat(reconciliation.compare(january("5.00"), january("4.999")).findings()).containsExactly(
                "2025-01: announced 4.999, invoices 5.00", "customer 20001: announced 4.999, invoices 5.00");
    }

    @Test
    void finds_what_nobody_invoiced() {
        Figures right = january("5.00");
        SortedMap<YearMonth, BigDecimal> months = new TreeMap<>(right.months());
        months.put(YearMonth.of(2025, 2), BigDecimal.ONE);
        Figures booked = new Figures(months, right.customers(), right.deferred());

        assertThat(reconciliation.compare(booked, right).findings()).containsExactly("2025-02: books 1, invoices 0");
        assertThat(reconciliation.compare(right, booked).findings())
                .containsExactly("2025-02: announced 1, invoices 0");
    }

    @Test
    void expects_of_a_service_what_its_months_have_earned_after_refunds_and_the_rest_deferred() {
        invoices.save(Invoice.create(SERVICE, List.of(line(1, "90.00"))));
        Map<String, BigDecimal> refunds = Map.of("2", new BigDecimal("45.00"), "3", BigDecimal.TEN);
        Figures right = february("23.00");

        assertThat(new Reconciliation(invoices, refunds, FEBRUARY).compare(right, right).findings()).isEmpty();
        assertThat(new Reconciliation(invoices, refunds, FEBRUARY.minusMonths(1)).compare(right, right).findings())
                .containsExactly("2026-02: books 14.00, invoices 0", "2026-02: announced 14.00, invoices 0",
                        "customer 20001: books 27.00, invoices 13.00",
                        "customer 20001: announced 27.00, invoices 13.00",
                        "deferred of 20001: books 23.00, invoices 37.00");
        assertThat(new Reconciliation(invoices, Map.of(), FEBRUARY).compare(right, right).passed()).isFalse();
    }

    @Test
    void finds_what_is_deferred_for_nobody_or_not_deferred() {
        invoices.save(Invoice.create(SERVICE, List.of(line(1, "45.00"))));
        Reconciliation services = new Reconciliation(invoices, Map.of(), FEBRUARY);

        assertThat(services.compare(february("22.99"), february("23")).findings())
                .containsExactly("deferred of 20001: books 22.99, invoices 23.00");
        assertThat(services.compare(february("23"), february("0")).findings())
                .containsExactly("deferred of 20001: announced 0, invoices 23.00");
    }

    @Test
    void expects_nothing_of_what_was_voided() {
        Invoice invoice = Invoice.create(SERVICE, List.of(line(1, "90.00")));
        invoices.save(invoice.become(InvoiceState.VOIDED));

        assertThat(reconciliation.compare(january("5.00"), january("5.00")).passed()).isTrue();
    }

    @Test
    void what_is_slow_fails_unless_failures_are_injected() {
        Percentiles slow = new Percentiles(1, 100_000, 200_000);

        assertThat(new Speed(true).judge(slow).passed()).isFalse();
        assertThat(new Speed(false).judge(slow).passed()).isTrue();
        assertThat(new Speed(true).judge(new Percentiles(1, 99_999, 200_000)).passed()).isTrue();
    }

    @Test
    void what_missed_its_turn_fails() {
        assertThat(new Order().judge(10, 1).passed()).isFalse();
        assertThat(new Order().judge(10, 0).passed()).isTrue();
    }

    @Test
    void what_is_lost_fails() {
        assertThat(new Completeness().judge(10, 1).passed()).isFalse();
        assertThat(new Completeness().judge(10, 0).passed()).isTrue();
    }

    private static Figures january(String amount) {
        return new Figures(sums(Map.of(YearMonth.of(2025, 1), amount)), sums(Map.of("20001", amount)), sums(Map.of()));
    }

    private static Figures february(String deferred) {
        return new Figures(
                sums(Map.of(YearMonth.of(2025, 1), "5.00", YearMonth.of(2026, 1), "8.00", FEBRUARY, "14.00")),
                sums(Map.of("20001", "27.00")), sums(Map.of("20001", deferred)));
    }

    private static <K> SortedMap<K, BigDecimal> sums(Map<K, String> amounts) {
        SortedMap<K, BigDecimal> sums = new TreeMap<>();
        amounts.forEach((key, amount) -> sums.put(key, new BigDecimal(amount)));
        return sums;
    }
}
