/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells two texts apart, by JSON path where they are JSON. Stateless. */
final class Differences {
    private static final int MOST = 120;

    private Differences() {
    }

    /** Lists what was in one text and is otherwise in another; empty if they say the same. */
    static List<String> between(String was, String is) {
        if (was.equals(is)) {
            return List.of();
        }
        Map<String, String> before = JsonLeaves.of(was);
        Map<String, String> after = JsonLeaves.of(is);
        if (before.isEmpty() || after.isEmpty()) {
            return List.of("$: was " + shortened(was) + ", is " + shortened(is));
        }
        List<String> differences = new ArrayList<>();
        before.forEach((path, value) -> add(differences, path, value, after.get(path)));
        after.forEach((path, value) -> {
            if (!before.containsKey(path)) {
                differences.add(path + ": was not there, is " + shortened(value));
            }
        });
        return differences.isEmpty() ? order(List.copyOf(before.keySet()), List.copyOf(after.keySet())) : differences;
    }

    private static void add(List<String> differences, String path, String was, @Nullable String is) {
        if (is == null) {
            differences.add(path + ": was " + shortened(was) + ", is no more");
        } else if (!is.equals(was)) {
            differences.add(path + ": was " + shortened(was) + ", is " + shortened(is));
        }
    }

    private static List<String> order(List<String> was, List<String> is) {
        for (int i = 0; i < was.size(); i++) {
            if (!was.get(i).equals(is.get(i))) {
                return List.of(is.get(i) + ": stands where " + was.get(i) + " was");
            }
        }
        return List.of();
    }

    private static String shortened(String value) {
        return value.length() > MOST ? value.substring(0, MOST) + "..." : value;
    }
}
