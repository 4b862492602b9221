/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.check;

import dev.eventbus.error.ConfigurationException;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Refuses arguments that make no sense, with the parameter's name, the rule and the value. Stateless. */
public final class Checks {
    /** Longest name of a bus, subscription, type or attribute, and longest correlation id or key, in characters. */
    public static final int MAX_NAME = 256;

    private Checks() {
    }

    /**
     * Refuses null.
     *
     * @param <T> type of the value
     * @param value the argument
     * @param parameter its name in the caller's signature
     * @return the value
     */
    public static <T> T notNull(@Nullable T value, String parameter) {
        if (value == null) {
            throw new ConfigurationException(parameter + " must not be null; pass a value");
        }
        return value;
    }

    /**
     * Refuses what cannot stand on one line of a log: blank, too long, or with control characters.
     *
     * @param value the argument
     * @param parameter its name in the caller's signature
     * @return the value
     */
    public static String name(@Nullable String value, String parameter) {
        String given = notNull(value, parameter);
        if (given.isBlank()) {
            throw new ConfigurationException(parameter + " must not be blank; give it a name of 1 to " + MAX_NAME
                    + " printable characters");
        }
        return text(given, MAX_NAME, parameter);
    }

    /**
     * Refuses text that is too long or holds control characters or line separators.
     *
     * @param value the argument
     * @param max most characters
     * @param parameter its name in the caller's signature
     * @return the value
     */
    public static String text(@Nullable String value, int max, String parameter) {
        String given = notNull(value, parameter);
        if (given.length() > max) {
            throw new ConfigurationException(
                    parameter + " must have at most " + max + " characters, had " + given.length() + "; shorten it");
        }
        for (int i = 0; i < given.length(); i += Character.charCount(given.codePointAt(i))) {
            if (Printable.isUnsafe(given.codePointAt(i))) {
                throw new ConfigurationException(parameter + " must hold printable characters only, had "
                        + Printable.escape(given.codePointAt(i)) + " at index " + i + "; remove it");
            }
        }
        return given;
    }

    /**
     * Refuses a number below a bound.
     *
     * @param value the argument
     * @param min least allowed
     * @param parameter its name in the caller's signature
     * @return the value
     */
    public static int atLeast(int value, int min, String parameter) {
        if (value < min) {
            throw new ConfigurationException(parameter + " must be >= " + min + ", was " + value);
        }
        return value;
    }

    /**
     * Refuses a duration that is zero or negative.
     *
     * @param value the argument
     * @param parameter its name in the caller's signature
     * @return the value
     */
    public static Duration positive(@Nullable Duration value, String parameter) {
        Duration given = notNull(value, parameter);
        if (given.isZero() || given.isNegative()) {
            throw new ConfigurationException(parameter + " must be > PT0S, was " + given);
        }
        return given;
    }

    /**
     * Refuses a duration below zero.
     *
     * @param value the argument
     * @param parameter its name in the caller's signature
     * @return the value
     */
    public static Duration notNegative(@Nullable Duration value, String parameter) {
        Duration given = notNull(value, parameter);
        if (given.isNegative()) {
            throw new ConfigurationException(parameter + " must be >= PT0S, was " + given);
        }
        return given;
    }

    /**
     * Refuses keys whose equality or printed form the library cannot rely on.
     *
     * @param key the argument
     * @return the key
     */
    public static Object key(@Nullable Object key) {
        Object given = notNull(key, "key");
        return switch (given) {
            case String text -> name(text, "key");
            case Long number -> number;
            case Integer number -> number;
            case UUID uuid -> uuid;
            case Enum<?> constant -> constant;
            default ->
                throw new ConfigurationException("key must be a String, Long, Integer, UUID or enum constant, was a "
                        + given.getClass().getName() + "; use one of its fields");
        };
    }

    /**
     * Makes a name that the user did not choose, such as a binary class name, fit the bound.
     *
     * @param name any text
     * @return its last {@value #MAX_NAME} characters, escaped, which tell more of a class than the first
     */
    public static String shortened(String name) {
        String safe = Printable.of(name, name.length());
        return safe.substring(Math.max(0, safe.length() - MAX_NAME));
    }
}
