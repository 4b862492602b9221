/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.report;

import dev.eventbus.examples.revenue.app.check.MonthlyRevenue;
import dev.eventbus.examples.revenue.app.watch.Percentiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The report for programs: amounts as decimal strings, so that no reader rounds them. Immutable. */
public final class JsonReport {
    private final JsonMapper mapper = JsonMapper.builder().build();

    /**
     * Writes a report.
     *
     * @param report what the run came to
     * @param file where to; replaced if it exists
     * @throws IOException if it cannot be written
     */
    public void write(RunReport report, Path file) throws IOException {
        Files.writeString(file, mapper.writerWithDefaultPrettyPrinter().writeValueAsString(tree(report)) + "\n");
    }

    ObjectNode tree(RunReport report) {
        EventFigures events = report.events();
        ObjectNode json = mapper.createObjectNode();
        json.put("dispatch", report.setup().dispatch());
        json.put("invoices", report.invoices());
        rows(json.putObject("rows"), report.rows());
        events(json.putObject("events"), events);
        revenue(json.putObject("revenue"), report.revenue());
        json.put("mails", report.mails().count());
        json.put("retries", events.retries());
        json.put("duplicates", events.duplicates());
        json.put("circuitOpenings", events.circuitOpenings());
        json.put("parked", report.recovery().parked());
        json.put("redriven", report.recovery().redrive().handled());
        json.put("deadLetters", events.deadLetters());
        json.put("lost", events.lost());
        latency(json.putObject("latency"), report.latency());
        checks(json.putObject("checks"), report.verdict());
        return json;
    }

    private static void rows(ObjectNode json, Rows rows) {
        json.put("read", rows.read());
        json.put("rejected", rows.rejected());
        ArrayNode list = json.putArray("rejectedRows");
        rows.kept().forEach(row -> list.addObject().put("line", row.line()).put("reason", row.reason()));
    }

    private static void events(ObjectNode json, EventFigures events) {
        json.put("published", events.published());
        ObjectNode types = json.putObject("byType");
        events.byType().forEach((type, count) -> types.put(type, count.longValue()));
        json.put("handled", events.handled());
    }

    private static void revenue(ObjectNode json, MonthlyRevenue revenue) {
        json.put("total", new Gbp(revenue.total()).plain());
        json.put("tax", new Gbp(revenue.tax()).plain());
        json.put("deferred", new Gbp(revenue.deferred()).plain());
        ObjectNode months = json.putObject("months");
        revenue.totals().forEach((month, total) -> months.put(month.toString(), new Gbp(total).plain()));
    }

    private static void latency(ObjectNode json, Percentiles times) {
        json.put("p50Micros", times.p50Micros());
        json.put("p95Micros", times.p95Micros());
        json.put("p99Micros", times.p99Micros());
    }

    private static void checks(ObjectNode json, Verdict verdict) {
        json.put("reconciled", verdict.reconciled().passed());
        json.put("traceable", verdict.traceable().passed());
        json.put("ordered", verdict.ordered().passed());
        json.put("fast", verdict.fast().passed());
        json.put("covered", verdict.covered().passed());
    }
}
