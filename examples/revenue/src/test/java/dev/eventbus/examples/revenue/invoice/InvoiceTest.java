/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.invoice;

import static dev.eventbus.examples.revenue.Invoices.invoice;
import static dev.eventbus.examples.revenue.Invoices.line;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Invoices as values. */
@DisplayNameGeneration(ReplaceUnderscores.class)
final class InvoiceTest {
    private final Invoice invoice = Invoice.create(invoice("1"), List.of(line(3, "0.001"), line(2, "2.50")));

    @Test
    void adds_up_exactly_and_keeps_the_scale() {
        assertThat(invoice.total()).isEqualTo(new BigDecimal("5.003"));
    }

    @Test
    void counts_revisions_and_keeps_earlier_lines() {
        Invoice updated = invoice.add(List.of(line(1, "1.00")));

        assertThat(updated.revision()).isEqualTo(2);
        assertThat(updated.total()).isEqualTo(new BigDecimal("6.003"));
        assertThat(invoice.total()).isEqualTo(new BigDecimal("5.003"));
    }

    @Test
    void is_worth_nothing_once_it_is_voided_or_deleted() {
        assertThat(invoice.become(InvoiceState.VOIDED).total()).isZero();
        assertThat(invoice.become(InvoiceState.DELETED).total()).isZero();
        assertThat(invoice.become(InvoiceState.PAID).total()).isEqualByComparingTo("5.003");
    }

    @Test
    void counts_in_the_month_of_its_date() {
        assertThat(invoice.document().month()).isEqualTo(YearMonth.of(2025, 1));
    }
}
