/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.report;

import dev.eventbus.examples.revenue.app.replay.ReplayReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The report of a replay for programs: amounts as decimal strings, so that no reader rounds them. Immutable. */
public final class ReplayJson {
    private final JsonMapper mapper = JsonMapper.builder().build();

    /**
     * Writes a report.
     *
     * @param report what the replay came to
     * @param file where to; replaced if it exists
     * @throws IOException if it cannot be written
     */
    public void write(ReplayReport report, Path file) throws IOException {
        Files.writeString(file, mapper.writerWithDefaultPrettyPrinter().writeValueAsString(tree(report)) + "\n");
    }

    private ObjectNode tree(ReplayReport report) {
        ObjectNode json = mapper.createObjectNode();
        json.put("dispatch", report.dispatch());
        json.put("events", report.events());
        json.put("accounts", report.accounts());
        ObjectNode revenue = json.putObject("revenue");
        revenue.put("total", new Gbp(report.rebuilt().total()).plain());
        revenue.put("tax", new Gbp(report.rebuilt().tax()).plain());
        revenue.put("deferred", new Gbp(report.rebuilt().deferred()).plain());
        ObjectNode months = revenue.putObject("months");
        report.rebuilt().totals().forEach((month, total) -> months.put(month.toString(), new Gbp(total).plain()));
        json.put("duplicates", report.duplicates());
        json.put("deadLetters", report.deadLetters());
        ObjectNode checks = json.putObject("checks");
        report.checks().forEach(check -> checks.put(check.name(), check.passed()));
        return json;
    }
}
