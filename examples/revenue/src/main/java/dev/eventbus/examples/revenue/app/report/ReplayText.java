/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.report;

import dev.eventbus.examples.revenue.app.replay.ReplayReport;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** The report of a replay for people. Stateless. */
public final class ReplayText {
    private static final String ROW = "%-8s%17s%17s  %s";

    /**
     * Prints a report.
     *
     * @param report what the replay came to
     * @param page where to
     */
    public void print(ReplayReport report, Page page) {
        page.title("From events to revenue");
        page.prose("",
                String.format(Locale.ROOT, "%,d events of %s made %,d accounts anew, in an empty repository (%s).",
                        report.events(), report.file(), report.accounts(), report.dispatch()));
        months(report, page);
        page.title("Checks");
        report.checks().forEach(check -> ChecksSection.print(check, page));
    }

    private static void months(ReplayReport report, Page page) {
        SortedSet<YearMonth> months = new TreeSet<>(report.rebuilt().totals().keySet());
        months.addAll(report.announced().months().keySet());
        page.title("Revenue by month, GBP");
        page.line(ROW, "month", "rebuilt", "announced", "");
        months.forEach(month -> row(page, month.toString(),
                report.rebuilt().totals().getOrDefault(month, BigDecimal.ZERO),
                report.announced().months().getOrDefault(month, BigDecimal.ZERO)));
        row(page, "all", report.rebuilt().total(), sum(report.announced().months()));
        row(page, "deferred", report.rebuilt().deferred(), sum(report.announced().deferred()));
        page.line("and on top of it %s of tax", new Gbp(report.rebuilt().tax()).grouped());
    }

    private static BigDecimal sum(SortedMap<?, BigDecimal> amounts) {
        return amounts.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static void row(Page page, String label, BigDecimal rebuilt, BigDecimal announced) {
        String mark = rebuilt.compareTo(announced) == 0 ? "" : page.bad("differs");
        page.line(ROW, label, new Gbp(rebuilt).grouped(), new Gbp(announced).grouped(), mark);
    }
}
