/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.report;

import java.util.List;

/** The report for people. Immutable. */
public final class TextReport {
    private final List<Section> sections = List.of(new HeadSection(), new EventsSection(), new MonthsSection(),
            new RankingSection(), new TreeSection(), new RecoverySection(), new RejectedSection(), new SpeedSection(),
            new ChecksSection());

    /**
     * Prints a report.
     *
     * @param report what the run came to
     * @param page where to
     */
    public void print(RunReport report, Page page) {
        sections.forEach(section -> section.print(report, page));
    }
}
