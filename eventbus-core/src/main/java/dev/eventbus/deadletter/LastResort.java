/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.deadletter;

import org.jspecify.annotations.Nullable;

/**
 * Takes the dead letters that the store could not: the last place before an event is gone.
 *
 * <p>Called once per letter in the thread that gave it up, by several threads concurrently. Unless another is set, one
 * ERROR line is logged. One that throws is logged and counted, and the letter is in that log line only.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface LastResort {
    /**
     * Takes a letter.
     *
     * @param letter the letter; its payload is in {@code letter.event()}
     * @param cause what the store threw, or null if it was full
     */
    void accept(DeadLetter letter, @Nullable Throwable cause);
}
