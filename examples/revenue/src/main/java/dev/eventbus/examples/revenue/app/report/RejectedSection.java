/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.report;

/** Rows that were left out. */
final class RejectedSection implements Section {
    private static final int MOST_PRINTED = 20;

    @Override
    public void print(RunReport report, Page page) {
        Rows rows = report.rows();
        if (rows.rejected() == 0) {
            return;
        }
        page.title("Rows left out");
        rows.kept().stream().limit(MOST_PRINTED)
                .forEach(row -> page.prose("line %-8d".formatted(row.line()), row.reason()));
        if (rows.rejected() > MOST_PRINTED) {
            page.line("and %,d more", rows.rejected() - MOST_PRINTED);
        }
    }
}
