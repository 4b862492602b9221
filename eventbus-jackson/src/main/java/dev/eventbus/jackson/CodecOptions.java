/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import dev.eventbus.error.ConfigurationException;

/**
 * Bounds and choices of a codec. Immutable: each method returns another value.
 *
 * <p>Unless set: unknown fields fail, an event has at most 4 MiB, 100 levels and 200,000 tokens (names, values and brackets), a
 * number at most 1,000 digits, a name at most 1,024 characters.
 *
 * @since 0.1
 */
public final class CodecOptions {
    static final int MAX_NUMBER = 1_000;
    static final int MAX_NAME = 1_024;

    private static final CodecOptions DEFAULTS = new CodecOptions(false, 4 << 20, 100, 200_000);

    private final boolean unknownIgnored;
    private final int maxBytes;
    private final int maxDepth;
    private final int maxTokens;

    private CodecOptions(boolean unknownIgnored, int maxBytes, int maxDepth, int maxTokens) {
        this.unknownIgnored = unknownIgnored;
        this.maxBytes = maxBytes;
        this.maxDepth = maxDepth;
        this.maxTokens = maxTokens;
    }

    /**
     * Returns the defaults.
     *
     * @return options to start from
     */
    public static CodecOptions options() {
        return DEFAULTS;
    }

    /**
     * Ignores fields that a type does not have, instead of failing.
     *
     * @return options with it
     */
    public CodecOptions ignoreUnknownFields() {
        return new CodecOptions(true, maxBytes, maxDepth, maxTokens);
    }

    /**
     * Bounds the length of an event, and with it that of its strings.
     *
     * @param bytes most bytes that are read and written for one event; reading takes a few times as much memory
     * @return options with it
     */
    public CodecOptions maxBytes(int bytes) {
        return new CodecOptions(unknownIgnored, atLeastOne(bytes, "bytes"), maxDepth, maxTokens);
    }

    /**
     * Bounds how deep objects and arrays may be nested.
     *
     * @param depth most levels
     * @return options with it
     */
    public CodecOptions maxDepth(int depth) {
        return new CodecOptions(unknownIgnored, maxBytes, atLeastOne(depth, "depth"), maxTokens);
    }

    /**
     * Bounds how many names, values and brackets an event may have.
     *
     * @param tokens most of them
     * @return options with it
     */
    public CodecOptions maxTokens(int tokens) {
        return new CodecOptions(unknownIgnored, maxBytes, maxDepth, atLeastOne(tokens, "tokens"));
    }

    private static int atLeastOne(int value, String parameter) {
        if (value < 1) {
            throw new ConfigurationException(parameter + " must be >= 1, was " + value);
        }
        return value;
    }

    boolean unknownIgnored() {
        return unknownIgnored;
    }

    int maxBytes() {
        return maxBytes;
    }

    int maxDepth() {
        return maxDepth;
    }

    int maxTokens() {
        return maxTokens;
    }

    @Override
    public String toString() {
        return "CodecOptions[unknownIgnored=" + unknownIgnored + ", maxBytes=" + maxBytes + ", maxDepth=" + maxDepth
                + ", maxTokens=" + maxTokens + "]";
    }
}
