/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.deadletter;

import dev.eventbus.publish.BusClosedException;
import java.util.List;

/**
 * Lists, redrives and discards the dead letters of a bus.
 *
 * <p>Thread-safe; may be called inside a handler.
 *
 * @since 0.1
 */
public interface DeadLetters {
    /**
     * Finds letters, oldest first.
     *
     * @param query which ones
     * @return the letters
     */
    List<DeadLetter> find(DeadLetterQuery query);

    /**
     * Counts the letters.
     *
     * @return how many the store holds
     */
    int size();

    /**
     * Delivers letters again, oldest first, each to its own subscription and to no other.
     *
     * <p>Inside a redriven delivery nothing is redriven, and every letter counts as skipped. Filters are not asked
     * again: a letter is for its subscription. Each is a new round: attempts are numbered on, the retry policy counts
     * anew. A letter that is handled is forgotten; one that is given up again stays with its new attempts. On the
     * synchronous dispatcher the handlers run in the calling thread, and events that they publish are handled before
     * this returns (inside a handler: after it). A letter of a subscription on virtual threads takes its turn there like an
     * event, and this waits for its outcome. It is skipped where its turn might never come: inside a delivery of any bus,
     * while the subscription or its key is paused, and where it finds no place. An interrupt ends the wait: the letter stays,
     * and its handler may have run.
     *
     * @param query which ones
     * @return what became of them
     * @throws BusClosedException if the bus is closed, unless in a delivering thread of it; letters are skipped that a shutdown
     *     catches halfway
     * @throws RuntimeException of a subscription that propagates failures and failed on what a redriven handler published;
     *     all letters have been redriven before it is thrown
     */
    RedriveReport redrive(DeadLetterQuery query);

    /**
     * Forgets letters for good.
     *
     * @param query which ones
     * @return how many; those that a redrive has in its hands stay
     */
    int discard(DeadLetterQuery query);
}
