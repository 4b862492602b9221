/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.notification;

/**
 * Makes one harmless line of a text from outside.
 *
 * <p>Whatever ends a line, steers a terminal or turns the direction of writing becomes a space, so that no name can add a
 * header or pretend to be something else; what is longer than {@value #LONGEST} characters is cut. Stateless.
 */
final class PlainLine {
    static final int LONGEST = 254; // as long as an address may be, RFC 5321

    private PlainLine() {
    }

    static String of(String text) {
        StringBuilder line = new StringBuilder();
        text.codePoints().limit(LONGEST).map(c -> isHarmless(c) ? c : ' ').forEach(line::appendCodePoint);
        return line.toString().strip();
    }

    private static boolean isHarmless(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE, Character.UNASSIGNED ->
                false;
            default -> true;
        };
    }
}
