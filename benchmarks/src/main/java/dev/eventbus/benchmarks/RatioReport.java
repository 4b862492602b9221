/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Prints a JMH result as a Markdown table, one per benchmark class and parameters, with ratios to the fastest peer: the tables of
 * docs/performance.md.
 *
 * <p>The method named {@code eventbus} is ours, all others are peers. {@code mvn -q -Pbench} calls it after each run.
 */
public final class RatioReport {
    private static final String OURS = "eventbus";

    /** One measured method with one set of parameters. */
    private record Line(String bus, double time, double error, String unit, double bytes) {}

    private RatioReport() {
    }

    /**
     * Prints the tables.
     *
     * @param args path of JMH's result in JSON
     */
    public static void main(String[] args) {
        Path file = Path.of(args[0]);
        if (Files.notExists(file)) {
            return; // JMH was asked for something else, such as its help
        }
        Map<String, List<Line>> groups = new TreeMap<>();
        for (JsonNode result : JsonMapper.builder().build().readTree(file)) {
            groups.computeIfAbsent(group(result), key -> new ArrayList<>()).add(line(result));
        }
        groups.forEach(RatioReport::print);
    }

    private static String group(JsonNode result) {
        String method = result.path("benchmark").asString();
        String type = method.substring(0, method.lastIndexOf('.'));
        StringBuilder group = new StringBuilder(type.substring(type.lastIndexOf('.') + 1));
        result.path("params").properties()
                .forEach(param -> group.append(", ").append(param.getKey()).append(" = ")
                        .append(param.getValue().asString()));
        return group.toString();
    }

    private static Line line(JsonNode result) {
        String method = result.path("benchmark").asString();
        JsonNode metric = result.path("primaryMetric");
        JsonNode bytes = result.path("secondaryMetrics").path("gc.alloc.rate.norm").path("score");
        return new Line(method.substring(method.lastIndexOf('.') + 1), metric.path("score").asDouble(),
                metric.path("scoreError").asDouble(Double.NaN), metric.path("scoreUnit").asString(),
                bytes.asDouble(Double.NaN));
    }

    private static void print(String group, List<Line> lines) {
        double fastestPeer = lines.stream().filter(line -> !line.bus().equals(OURS)).mapToDouble(Line::time).min()
                .orElse(Double.NaN);
        System.out.printf("%n### %s%n%n", group);
        System.out.printf("| bus | %s | ± 99.9 %% | B/op | to the fastest peer |%n", lines.getFirst().unit());
        System.out.printf("|---|---:|---:|---:|---:|%n");
        lines.stream().sorted(Comparator.comparingDouble(Line::time)).forEach(line -> print(line, fastestPeer));
    }

    private static void print(Line line, double fastestPeer) {
        System.out.printf(Locale.ROOT, "| %s | %.1f | %.1f | %.0f | %.2f |%n", line.bus(), line.time(), line.error(),
                line.bytes(), line.time() / fastestPeer);
    }
}
