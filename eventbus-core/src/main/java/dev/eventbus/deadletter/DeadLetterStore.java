/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.deadletter;

import dev.eventbus.internal.check.Checks;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Keeps dead letters, up to a bound, some of them in sequences.
 *
 * <p>A sequence is parked as long as it holds a letter. Each method is one atomic step, so that no letter is parked behind
 * nothing, and none is handled while an earlier one is parked. Nothing leaves a sequence, or the store, but by
 * {@link #remove}.
 *
 * <p>A method that throws costs nothing but the letter's place: the letter goes to the {@link LastResort}. One that throws
 * must have changed nothing. Implementations are thread-safe; the bus holds no lock when it calls them.
 *
 * @since 0.1
 */
public interface DeadLetterStore {
    /**
     * Keeps a letter that belongs to no sequence, after those kept before.
     *
     * @param letter a letter whose id is not in the store
     * @return false if the store is full; then it has not changed
     */
    boolean add(DeadLetter letter);

    /**
     * Keeps a letter as the last one of its sequence, after those kept before; the first one opens the sequence.
     *
     * @param letter a letter whose id is not in the store
     * @param sequence the sequence that it belongs to, {@link DeadLetter#sequence()}
     * @param most most letters in that sequence, at least 1
     * @return what became of it, anything but {@link Parking#NOT_PARKED}
     */
    Parking park(DeadLetter letter, Sequence sequence, int most);

    /**
     * Keeps a letter as the last one of its sequence if the sequence holds letters now; decided and done in one step.
     *
     * @param letter a letter whose id is not in the store
     * @param sequence the sequence that it belongs to, {@link DeadLetter#sequence()}
     * @param most most letters in that sequence, at least 1
     * @return what became of it
     */
    Parking parkBehind(DeadLetter letter, Sequence sequence, int most);

    /**
     * Finds letters, oldest first.
     *
     * <p>A query tells its parts, so that a store need not look at every letter for those of one id or one sequence.
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
     * Reads the letter of a sequence whose turn is next.
     *
     * @param sequence the sequence
     * @return its oldest letter, or empty if it is not parked
     */
    Optional<DeadLetter> head(Sequence sequence);

    /**
     * Tells whether a sequence holds letters.
     *
     * @param sequence the sequence
     * @return false once its last letter was removed
     */
    boolean isParked(Sequence sequence);

    /**
     * Lists the sequences that hold letters; asked once, when a bus is built.
     *
     * @return their names
     */
    Set<Sequence> sequences();

    /**
     * Puts another version of a letter in its place, in its sequence too.
     *
     * @param letter a letter whose id may be in the store
     * @return false if it was not there; then the store has not changed
     */
    boolean replace(DeadLetter letter);

    /**
     * Forgets a letter; when it was the last one of its sequence, that is no longer parked by the same step.
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
     * Returns the bound.
     *
     * @return most letters that it holds, at least 1
     */
    int capacity();

    /**
     * Returns a store in memory for at most 1,000 sequences: its letters are gone with the process.
     *
     * @param capacity most letters, at least 1; further ones are refused
     * @return an empty store
     */
    static DeadLetterStore inMemory(int capacity) {
        return inMemory(capacity, 1_000);
    }

    /**
     * Returns a store in memory: its letters are gone with the process.
     *
     * @param capacity most letters, at least 1; further ones are refused
     * @param sequences most sequences that are parked, at least 1; letters that would open a further one are refused
     * @return an empty store
     */
    static DeadLetterStore inMemory(int capacity, int sequences) {
        return new InMemoryDeadLetterStore(Checks.atLeast(capacity, 1, "capacity"),
                Checks.atLeast(sequences, 1, "sequences"));
    }
}
