/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.deadletter;

import dev.eventbus.error.ConfigurationException;
import dev.eventbus.publish.BusClosedException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Lists, redrives, edits and discards the dead letters of a bus.
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
     * Groups all letters by what failed in whom.
     *
     * @return the groups, the largest first
     */
    List<LetterGroup> summary();

    /**
     * Delivers letters again, oldest first, each to its own subscription and to no other.
     *
     * <p>The letters of a sequence are redriven one after the other, from its head on, in the place of the first of them
     * that is meant. One that fails again stays and ends the redrive of its sequence. One whose turn has not come, because
     * one before it is not meant, is skipped. One that is parked meanwhile is redriven too if it is meant, so this goes
     * on as long as events of the sequence come faster than they are handled; the limit of the query bounds it. A sequence
     * is in one redrive at a time.
     *
     * <p>Inside a redriven delivery nothing is redriven, and every letter counts as skipped. Filters are not asked
     * again: a letter is for its subscription. Each is a new round: attempts are numbered on, the retry policy counts
     * anew. A letter that is handled is forgotten; one that is given up again stays with its new attempts. On the
     * synchronous dispatcher the handlers run in the calling thread, and events that they publish are handled before
     * this returns (inside a handler: after it). A letter of a subscription on virtual threads takes its turn there like an
     * event, and this waits for its outcome. It is skipped where its turn might never come: inside a delivery of any bus,
     * while the subscription or its key is paused or its breaker open, and where it finds no place. One that waits for its
     * turn when that happens waits on. An interrupt ends the wait: the letter stays,
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
     * The same as {@link #redrive(DeadLetterQuery)}, but not faster than so many letters in a time.
     *
     * <p>Waits evenly between letters, in the calling thread, with no letter in hand. An interrupt, which stays set, and the
     * shutdown of the bus end the redrive: the rest is skipped.
     *
     * @param query which ones
     * @param letters most letters in that time, at least 1
     * @param per the time, more than zero
     * @return what became of them
     * @throws BusClosedException if the bus is closed, unless in a delivering thread of it
     * @throws RuntimeException as {@link #redrive(DeadLetterQuery)} does
     */
    RedriveReport redrive(DeadLetterQuery query, int letters, Duration per);

    /**
     * Forgets letters for good, each with a signal; a sequence goes on without those that were in it.
     *
     * @param query which ones
     * @param reason why, one line for the signal
     * @return how many; those that a redrive has in its hands stay
     */
    int discard(DeadLetterQuery query, String reason);

    /**
     * Gives a letter another payload, for its next redrive; all else stays, its place in its sequence too.
     *
     * <p>The payload of before is kept in {@link DeadLetter#edits()}. A letter takes 100 edits.
     *
     * @param letter id of the letter
     * @param payload an object of a class that the subscription handles, and that the validators of the bus accept
     * @param reason why, one line for the record and the signal
     * @return false if the letter is not there, or in the hands of a redrive or discard; then it has not changed
     * @throws ConfigurationException if the letter's subscription is not open or does not handle the payload, a validator
     *     refuses it, it would have another key than its sequence, or the letter was edited too often
     */
    boolean edit(UUID letter, Object payload, String reason);
}
