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
 * Prints a JMH result as Markdown tables, one per benchmark class and parameters, the fastest bus first: the tables of
 * docs/performance.md.
 *
 * <p>The last column is our score divided by the line's: below 1 we are faster where the score is a time, and above 1 where it is
 * a throughput. The bus is the parameter {@code bus} or else the method; {@code eventbus} is ours, all others are peers.
 * {@code mvn -q -Pbench} calls it after each run.
 */
public final class RatioReport {
    private static final String OURS = "eventbus";
    private static final String BUS = "bus";

    /** One measured method with one set of parameters. */
    private record Line(String bus, double score, double error, String unit, double bytes) {
        boolean isOurs() {
            return bus.equalsIgnoreCase(OURS);
        }

        boolean isThroughput() {
            return unit.startsWith("ops/");
        }
    }

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
        result.path("params").properties().stream().filter(param -> !param.getKey().equals(BUS))
                .forEach(param -> group.append(", ").append(param.getKey()).append(" = ")
                        .append(param.getValue().asString()));
        return group.toString();
    }

    private static Line line(JsonNode result) {
        String method = result.path("benchmark").asString();
        JsonNode metric = result.path("primaryMetric");
        JsonNode bytes = result.path("secondaryMetrics").path("gc.alloc.rate.norm").path("score");
        String bus = result.path("params").path(BUS).asString(method.substring(method.lastIndexOf('.') + 1));
        return new Line(bus, metric.path("score").asDouble(),
                metric.path("scoreError").asDouble(Double.NaN), metric.path("scoreUnit").asString(),
                bytes.asDouble(Double.NaN));
    }

    private static void print(String group, List<Line> lines) {
        Line first = lines.getFirst();
        double ours = lines.stream().filter(Line::isOurs).mapToDouble(Line::score).findFirst().orElse(Double.NaN);
        Comparator<Line> rising = Comparator.comparingDouble(Line::score);
        System.out.printf("%n### %s%n%n", group);
        System.out.printf("| bus | %s | ± 99.9 %% | B/op | ours to it |%n", first.unit());
        System.out.printf("|---|---:|---:|---:|---:|%n");
        lines.stream().sorted(first.isThroughput() ? rising.reversed() : rising).forEach(line -> print(line, ours));
    }

    private static void print(Line line, double ours) {
        String format = "| %s | %.1f | %.1f | %.0f | %.2f |%n";
        if (line.isThroughput()) {
            format = "| %s | %.2f | %.2f | %.0f | %.2f |%n";
        }
        System.out.printf(Locale.ROOT, format, line.bus(), line.score(), line.error(), line.bytes(),
                ours / line.score());
    }
}
