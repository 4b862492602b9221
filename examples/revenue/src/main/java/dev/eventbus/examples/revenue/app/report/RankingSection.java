/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.report;

import dev.eventbus.examples.revenue.analytics.Ranked;
import java.util.List;

/** Countries and customers that brought most. */
final class RankingSection implements Section {
    private static final String ROW = "%-24.24s%17s        %-24.24s%17s";

    @Override
    public void print(RunReport report, Page page) {
        List<Ranked> countries = report.rankings().countries();
        List<Ranked> customers = report.rankings().customers();
        page.title("Who brought most, GBP");
        page.line(ROW, "country", "revenue", "customer", "revenue");
        for (int i = 0; i < Math.max(countries.size(), customers.size()); i++) {
            page.line(ROW, name(countries, i), amount(countries, i), name(customers, i), amount(customers, i));
        }
    }

    private static String name(List<Ranked> ranking, int place) {
        return place < ranking.size() ? ranking.get(place).name() : "";
    }

    private static String amount(List<Ranked> ranking, int place) {
        return place < ranking.size() ? new Gbp(ranking.get(place).amount()).grouped() : "";
    }
}
