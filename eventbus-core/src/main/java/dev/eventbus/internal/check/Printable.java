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
        String name = className(failure);
        return message == null ? name : name + ": " + message;
    }

    /**
     * Names the class of a failure.
     *
     * @param failure anything that was thrown
     * @return its binary name, bounded and escaped, since the virtual machine allows nearly any character in it
     */
    public static String className(Throwable failure) {
        return of(failure.getClass().getName(), MAX_MESSAGE);
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
        StringBuilder safe = new StringBuilder(Math.min(text.length(), max) + 8);
        text.codePoints().limit(max).forEach(c -> {
            if (isUnsafe(c)) {
                safe.append(escape(c));
            } else {
                safe.appendCodePoint(c);
            }
        });
        return text.codePointCount(0, text.length()) > max ? safe.append("...").toString() : safe.toString();
    }

    /**
     * Writes the key of an event; an enum constant by its name, since its {@code toString} is the user's.
     *
     * @param key a valid key, or null
     * @return one line
     */
    public static String key(@Nullable Object key) {
        return key instanceof Enum<?> constant ? constant.name() : String.valueOf(key);
    }

    static boolean isUnsafe(int c) {
        if (c >= ' ' && c <= '~') {
            return false; // nearly every character of an id or name, in a tenth of the time
        }
        return Character.isISOControl(c) || c == 0x2028 || c == 0x2029 || Character.getType(c) == Character.FORMAT
                || Character.getType(c) == Character.SURROGATE;
    }

    static String escape(int c) {
        return c > Character.MAX_VALUE ? String.format("\\U%08x", c) : String.format("\\u%04x", c);
    }
}
