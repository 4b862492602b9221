/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.report;

import java.math.BigDecimal;

/** Events by type. */
final class EventsSection implements Section {
    private static final int BAR_WIDTH = 40;

    @Override
    public void print(RunReport report, Page page) {
        page.title("Events published");
        EventFigures events = report.events();
        long most = events.byType().values().stream().mapToLong(Long::longValue).max().orElse(0);
        Bar bar = new Bar(BigDecimal.valueOf(most), BAR_WIDTH);
        events.byType().forEach((type, count) -> page.line("%-24s %,12d  %s", type, count,
                page.bar(bar.of(BigDecimal.valueOf(count)))));
        page.line("%-24s %,12d", "all", events.published());
        mails(report.mails(), page);
    }

    private static void mails(Mails mails, Page page) {
        if (mails.count() > 0) {
            String where = mails.folder() == null
                    ? "counted only; --outbox=FOLDER keeps them"
                    : "in " + mails.folder();
            page.line("%-24s %,12d  %s", "mails that follow", mails.count(), where);
        }
    }
}
