/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.mutants;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A unified diff of source files.
 *
 * <p>The lines that a hunk expects must stand in the file exactly once, wherever that is: code above them may grow, but what
 * is changed must still be what it was when the patch was written. Immutable.
 *
 * @param about its first line, which says what it does
 * @param files the hunks of each file, by its path in the source folder
 */
record Patch(String about, Map<String, List<Hunk>> files) {
    private static final String FILE = "+++ b/eventbus-core/src/main/java/";

    /**
     * One change.
     *
     * @param before the lines that it expects
     * @param after what they become
     */
    record Hunk(List<String> before, List<String> after) {}

    static Patch parse(String text) {
        Map<String, List<Hunk>> files = new LinkedHashMap<>();
        List<Hunk> hunks = List.of();
        for (String line : text.lines().skip(1).toList()) {
            if (line.startsWith(FILE)) {
                hunks = files.computeIfAbsent(line.substring(FILE.length()), unused -> new ArrayList<>());
            } else if (line.startsWith("@@ ")) {
                hunks.add(new Hunk(new ArrayList<>(), new ArrayList<>()));
            } else if (!line.startsWith("--- ") && !hunks.isEmpty()) {
                add(hunks.getLast(), line);
            }
        }
        return new Patch(text.lines().findFirst().orElse(""), files);
    }

    private static void add(Hunk hunk, String line) {
        char kind = line.isEmpty() ? ' ' : line.charAt(0);
        String code = line.isEmpty() ? "" : line.substring(1);
        switch (kind) {
            case ' ' -> {
                hunk.before().add(code);
                hunk.after().add(code);
            }
            case '-' -> hunk.before().add(code);
            case '+' -> hunk.after().add(code);
            default ->
                throw new IllegalArgumentException("a line of a patch must begin with ' ', '-' or '+', was '" + line
                        + "'");
        }
    }

    /** Returns the changed files, given how to read one by its path; nothing is written. */
    Map<String, String> apply(UnaryOperator<String> read) {
        Map<String, String> changed = new LinkedHashMap<>();
        files.forEach((path, hunks) -> {
            String text = read.apply(path);
            for (Hunk hunk : hunks) {
                text = apply(hunk, path, text);
            }
            changed.put(path, text);
        });
        return changed;
    }

    private static String apply(Hunk hunk, String path, String text) {
        String before = block(hunk.before());
        int at = text.indexOf(before);
        if (at < 0 || text.indexOf(before, at + 1) >= 0) {
            throw new IllegalStateException("patch does not apply: " + path + (at < 0 ? " has no more" : " has twice")
                    + " the lines\n" + before + "write the patch again for what the code is now");
        }
        return text.substring(0, at) + block(hunk.after()) + text.substring(at + before.length());
    }

    private static String block(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }
}
