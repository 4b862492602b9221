/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.golden;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads just enough of a JSON text to name the place of each value, so that the test kit needs no library that its users may have
 * in another version. Values stay as they are written: 1.0 is not 1.00. Not thread-safe.
 */
final class JsonLeaves {
    private final Map<String, String> leaves = new LinkedHashMap<>();
    private final String text;
    private int at;

    private JsonLeaves(String text) {
        this.text = text;
    }

    /** Returns the values by their paths, in the order of the text; none if it is no JSON. */
    static Map<String, String> of(String text) {
        JsonLeaves json = new JsonLeaves(text);
        try {
            json.value("$");
            json.space();
            return json.at == text.length() ? json.leaves : Map.of();
        } catch (IllegalArgumentException | IndexOutOfBoundsException malformed) {
            return Map.of();
        }
    }

    private void value(String path) {
        space();
        switch (text.charAt(at)) {
            case '{' -> children(path, '}');
            case '[' -> children(path, ']');
            case '"' -> leaf(path, string());
            default -> leaf(path, bare());
        }
    }

    private void leaf(String path, String value) {
        if (leaves.put(path, value) != null) {
            throw new IllegalArgumentException("twice: " + path);
        }
    }

    private void children(String path, char end) {
        int start = at++;
        space();
        if (text.charAt(at) == end) {
            at++;
            leaf(path, "" + text.charAt(start) + end);
            return;
        }
        for (int index = 0;; index++) {
            value(path + (end == ']' ? "[" + index + "]" : name()));
            space();
            char next = text.charAt(at++);
            if (next == end) {
                return;
            }
            require(next == ',');
        }
    }

    private String name() {
        space();
        require(text.charAt(at) == '"');
        String quoted = string();
        String name = quoted.substring(1, quoted.length() - 1);
        space();
        require(text.charAt(at++) == ':');
        return name.matches("[A-Za-z_@][A-Za-z0-9_]*") ? "." + name : "['" + name + "']";
    }

    private String string() {
        int start = at++;
        while (text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        at++;
        return text.substring(start, at);
    }

    private String bare() {
        int start = at;
        while (at < text.length() && ",]} \t\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String value = text.substring(start, at);
        require(value.matches("true|false|null|-?[0-9][-+.eE0-9]*"));
        return value;
    }

    private void space() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException("no JSON");
        }
    }
}
