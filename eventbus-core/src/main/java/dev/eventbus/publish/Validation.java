/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.publish;

/**
 * Collects what is wrong with one payload.
 *
 * <p>Confined to the thread that publishes.
 *
 * @param <E> type of the payload
 * @since 0.1
 */
public interface Validation<E> {
    /**
     * Returns what to look at.
     *
     * @return the payload
     */
    E payload();

    /**
     * Notes a violation unless a rule holds.
     *
     * @param path where in the payload, for instance {@code lines[2].amount}
     * @param holds whether the rule holds
     * @param message what must hold, for instance {@code must be positive}; it is shown to the publisher, so it should not
     *     repeat the payload
     */
    void require(String path, boolean holds, String message);
}
