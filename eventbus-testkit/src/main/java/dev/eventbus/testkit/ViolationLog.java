/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Counts violations and puts the first of each kind in words. Not thread-safe. */
final class ViolationLog {
    private static final int EXAMPLES = 5;

    private final Map<ViolationKind, Long> counts = new EnumMap<>(ViolationKind.class);
    private final Map<ViolationKind, List<String>> examples = new EnumMap<>(ViolationKind.class);

    void add(ViolationKind kind, Supplier<String> words) {
        counts.merge(kind, 1L, Long::sum);
        List<String> known = examples.computeIfAbsent(kind, first -> new ArrayList<>());
        if (known.size() < EXAMPLES) {
            known.add(words.get());
        }
    }

    Map<ViolationKind, Long> counts() {
        return counts;
    }

    Map<ViolationKind, List<String>> examples() {
        return examples;
    }
}
