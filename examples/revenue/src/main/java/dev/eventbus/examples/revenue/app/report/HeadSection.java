/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.report;

/** What was read. */
final class HeadSection implements Section {
    @Override
    public void print(RunReport report, Page page) {
        page.title("From invoices to revenue");
        page.line("%,d rows of %s became %,d invoices, credit notes and adjustments, on one bus (%s).",
                report.rows().read(), report.setup().input(), report.invoices(), report.setup().dispatch());
        if (report.rows().rejected() > 0) {
            page.line("%,d rows were left out, see below.", report.rows().rejected());
        }
    }
}
