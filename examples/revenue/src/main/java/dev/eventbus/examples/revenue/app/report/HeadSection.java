/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.report;

import java.util.Locale;

/** What was read. */
final class HeadSection implements Section {
    @Override
    public void print(RunReport report, Page page) {
        page.title("From invoices to revenue");
        page.prose("", String.format(Locale.ROOT,
                "%,d rows of %s%s became %,d invoices, credit notes and adjustments, on one bus (%s).",
                report.rows().read(), report.setup().input(), scenario(report.setup()), report.invoices(),
                report.setup().dispatch()));
        if (report.rows().rejected() > 0) {
            page.line("%,d rows were left out, see below.", report.rows().rejected());
        }
    }

    private static String scenario(Setup setup) {
        return setup.operations() == 0
                ? ""
                : String.format(Locale.ROOT, " and %,d operations of a scenario", setup.operations());
    }
}
