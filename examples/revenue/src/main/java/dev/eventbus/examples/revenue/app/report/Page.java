/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.report;

import java.io.PrintStream;
import java.util.Locale;

/** Prints lines, in colour where a terminal reads them. Not thread-safe. */
public final class Page {
    private static final int WIDTH = 98;
    private static final int INDENT = 2;
    private static final String RESET = "\u001b[0m";

    private final PrintStream out;
    private final boolean colour;

    /**
     * Creates a page.
     *
     * @param out where it is printed
     * @param colour whether escape sequences may be used
     */
    public Page(PrintStream out, boolean colour) {
        this.out = out;
        this.colour = colour;
    }

    void title(String text) {
        String rule = "─".repeat(Math.max(3, WIDTH - text.length() - 1));
        out.println();
        out.println(bold(text) + " " + dim(rule));
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation would be one more library
    void line(String format, Object... arguments) {
        out.println("  " + String.format(Locale.ROOT, format, arguments).stripTrailing());
    }

    /** Prints prose, broken at words; further lines stand a little to the right of the label. */
    void prose(String label, String text) {
        String left = label;
        String rest = text;
        while (left.length() + rest.length() > WIDTH && rest.lastIndexOf(' ', WIDTH - left.length()) > 0) {
            int end = rest.lastIndexOf(' ', WIDTH - left.length());
            line("%s%s", left, rest.substring(0, end));
            rest = rest.substring(end + 1);
            left = " ".repeat(label.length() + INDENT);
        }
        line("%s%s", left, rest);
    }

    String bold(String text) {
        return ink("\u001b[1m", text);
    }

    String dim(String text) {
        return ink("\u001b[2m", text);
    }

    String good(String text) {
        return ink("\u001b[32m", text);
    }

    String bad(String text) {
        return ink("\u001b[1;31m", text);
    }

    String bar(String text) {
        return ink("\u001b[36m", text);
    }

    private String ink(String code, String text) {
        return colour && !text.isEmpty() ? code + text + RESET : text;
    }
}
