/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.check;

import org.jspecify.annotations.Nullable;

/**
 * Makes text from outside fit for one line of a log: bounded, and without characters that forge lines or drive
 * terminals. Stateless.
 */
public final class Printable {
    private static final int MAX_MESSAGE = 1_000;

    private Printable() {
    }

    /**
     * Describes a failure without trusting it.
     *
     * @param failure anything that was thrown
     * @return class name and message; a message that throws when asked for is left out
     */
    public static String describe(Throwable failure) {
        String message = message(failure);
        String name = failure.getClass().getName();
        return message == null ? name : name + ": " + message;
    }

    /**
     * Reads the message of a failure without trusting it.
     *
     * @param failure anything that was thrown
     * @return the message, bounded and escaped, or null if there is none or asking for it throws
     */
    // a getMessage of the user may throw anything; the delivery must be accounted for
    public static @Nullable String message(Throwable failure) {
        String message;
        try {
            message = failure.getMessage();
        } catch (Throwable unusable) {
            return null;
        }
        return message == null ? null : of(message, MAX_MESSAGE);
    }

    /**
     * Bounds and escapes text.
     *
     * @param text anything
     * @param max most characters that are read
     * @return the text with each unsafe character written as an escape, and an ellipsis where it was cut
     */
    public static String of(String text, int max) {
        int length = Math.min(text.length(), max);
        StringBuilder safe = new StringBuilder(length + 8);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (isUnsafe(c)) {
                safe.append(escape(c));
            } else {
                safe.append(c);
            }
        }
        return text.length() > max ? safe.append("...").toString() : safe.toString();
    }

    static boolean isUnsafe(char c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029' || Character.getType(c) == Character.FORMAT;
    }

    static String escape(char c) {
        return String.format("\\u%04x", (int) c);
    }
}
