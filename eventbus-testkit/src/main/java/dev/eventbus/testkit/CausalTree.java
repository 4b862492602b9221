/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import dev.eventbus.publish.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Prints events below those that caused them. Stateless. */
final class CausalTree {
    private static final int ROOT = 0;

    private CausalTree() {
    }

    static String print(List<RecordedEvent<?>> events) {
        Map<Integer, List<RecordedEvent<?>>> byCause = new TreeMap<>();
        for (RecordedEvent<?> event : events) {
            byCause.computeIfAbsent(event.cause().orElse(ROOT), cause -> new ArrayList<>()).add(event);
        }
        StringBuilder text = new StringBuilder();
        append(text, byCause, ROOT, 0);
        return text.toString();
    }

    // Deep chains are bounded by the bus: it rejects what is caused too deep.
    private static void append(StringBuilder text, Map<Integer, List<RecordedEvent<?>>> byCause, int cause, int depth) {
        for (RecordedEvent<?> event : byCause.getOrDefault(cause, List.of())) {
            text.append("  ".repeat(depth)).append(line(event)).append('\n');
            append(text, byCause, event.number(), depth + 1);
        }
    }

    /** Prints one event and its deliveries. */
    static String line(RecordedEvent<?> event) {
        Map<String, String> ends = new LinkedHashMap<>();
        event.attempts().forEach((subscription, attempts) -> ends.put(subscription, "open"));
        event.outcomes().forEach((subscription, outcome) -> ends.put(subscription, name(outcome)));
        if (ends.isEmpty()) {
            return event + ": nobody has come to it";
        }
        return event + ": " + ends.entrySet().stream().map(end -> end.getKey() + " " + end.getValue()
                + times(event.attempts().getOrDefault(end.getKey(), 0))).collect(Collectors.joining(", "));
    }

    private static String name(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String times(int attempts) {
        return attempts > 1 ? " (" + attempts + " attempts)" : "";
    }
}
