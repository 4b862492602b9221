/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.deadletter;

import dev.eventbus.internal.check.Checks;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps dead letters, up to a bound.
 *
 * <p>A method that throws costs nothing but the letter's place: the letter goes to the {@link LastResort}.
 * Implementations are thread-safe; the bus holds no lock when it calls them.
 *
 * @since 0.1
 */
public interface DeadLetterStore {
    /**
     * Keeps a letter, after those kept before.
     *
     * @param letter a letter whose id is not in the store
     * @return false if the store is full; then it has not changed
     */
    boolean add(DeadLetter letter);

    /**
     * Finds letters, oldest first.
     *
     * @param query which ones; its predicates are the caller's code, so no lock may be held around them
     * @return the letters, at most {@link DeadLetterQuery#limit()}
     */
    List<DeadLetter> find(DeadLetterQuery query);

    /**
     * Reads one letter.
     *
     * @param id its id
     * @return the letter as it is now, or empty if it is not there
     */
    Optional<DeadLetter> get(UUID id);

    /**
     * Puts another version of a letter in its place.
     *
     * @param letter a letter whose id may be in the store
     * @return false if it was not there; then the store has not changed
     */
    boolean replace(DeadLetter letter);

    /**
     * Forgets a letter.
     *
     * @param id its id
     * @return false if it was not there
     */
    boolean remove(UUID id);

    /**
     * Counts the letters.
     *
     * @return how many there are
     */
    int size();

    /**
     * Returns a store in memory: its letters are gone with the process.
     *
     * @param capacity most letters, at least 1; further ones are refused
     * @return an empty store
     */
    static DeadLetterStore inMemory(int capacity) {
        return new InMemoryDeadLetterStore(Checks.atLeast(capacity, 1, "capacity"));
    }
}
