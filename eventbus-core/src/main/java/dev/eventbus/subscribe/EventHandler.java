/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.subscribe;

/**
 * Handles the payload of one event.
 *
 * <p>Runs on the thread that the subscription's dispatcher chooses; on the synchronous one several publishing threads
 * may call it concurrently. What it throws is a failed attempt: an {@code Exception} follows the retry policy, an
 * {@code Error} is never retried.
 *
 * @param <E> type of the payload
 * @since 0.1
 */
@FunctionalInterface
public interface EventHandler<E> {
    /**
     * Handles a payload.
     *
     * @param payload what was published
     * @throws Exception if it could not be handled
     */
    void handle(E payload) throws Exception;
}
