/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.report;

import dev.eventbus.examples.revenue.app.check.MonthlyRevenue;
import dev.eventbus.examples.revenue.event.InvoiceKind;
import java.math.BigDecimal;
import java.time.YearMonth;

/** Revenue per month, with a chart. */
final class MonthsSection implements Section {
    private static final String ROW = "%-8s%16s%16s%15s%17s  %s";
    private static final int BAR_WIDTH = 22;

    @Override
    public void print(RunReport report, Page page) {
        MonthlyRevenue revenue = report.revenue();
        BigDecimal most = revenue.totals().values().stream().max(BigDecimal::compareTo).orElse(BigDecimal.ZERO);
        Bar bar = new Bar(most, BAR_WIDTH);
        page.title("Revenue by month, GBP");
        page.line(ROW, "month", "invoices", "credit notes", "adjustments", "revenue", "");
        revenue.totals().forEach((month, total) -> page.line(ROW, month, of(revenue, month, InvoiceKind.INVOICE),
                of(revenue, month, InvoiceKind.CREDIT_NOTE), of(revenue, month, InvoiceKind.ADJUSTMENT),
                new Gbp(total).grouped(), page.bar(bar.of(total))));
        page.line(ROW, "all", all(revenue, InvoiceKind.INVOICE), all(revenue, InvoiceKind.CREDIT_NOTE),
                all(revenue, InvoiceKind.ADJUSTMENT), new Gbp(revenue.total()).grouped(), "");
        page.line("and on top of it %s of tax", new Gbp(revenue.tax()).grouped());
        if (revenue.deferred().signum() != 0) {
            page.line("not in it %s that is deferred, since it is earned later", new Gbp(revenue.deferred()).grouped());
        }
    }

    private static String of(MonthlyRevenue revenue, YearMonth month, InvoiceKind kind) {
        return new Gbp(revenue.of(month, kind)).grouped();
    }

    private static String all(MonthlyRevenue revenue, InvoiceKind kind) {
        return new Gbp(revenue.of(kind)).grouped();
    }
}
