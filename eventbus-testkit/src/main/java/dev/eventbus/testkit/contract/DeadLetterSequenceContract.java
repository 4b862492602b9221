/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.deadletter.DeadLetterReason;
import dev.eventbus.deadletter.DeadLetterStore;
import dev.eventbus.deadletter.Parking;
import dev.eventbus.deadletter.Sequence;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * What every {@link DeadLetterStore} promises of letters in sequences.
 *
 * {@snippet class="dev.eventbus.testkit.contract.InMemoryDeadLetterSequenceContractTest" region="suite"}
 *
 * <p>Deliberately not asserted: what {@code park} does with an id that is there already, or with a letter of another
 * sequence; which bound a letter meets first where two are reached; what a bound below 1 means; the order of letters that
 * several threads have parked at the same time; how long anything takes.
 *
 * <p>One instance per case; the case runs in one thread and starts others. Not thread-safe.
 *
 * @since 0.1
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
public abstract class DeadLetterSequenceContract extends DeadLetterStoreFixture {
    private static final int SEQUENCES = 3;
    private static final int MOST = 3;
    private static final int ROUNDS = 200;
    private static final Sequence A = new Sequence("billing", "a");
    private static final Sequence B = new Sequence("billing", "b");
    private static final Sequence SERIAL = new Sequence("billing", null);

    /** Creates the suite. */
    protected DeadLetterSequenceContract() {
    }

    /**
     * Makes an empty store.
     *
     * @param capacity most letters that it holds
     * @param sequences most sequences that are parked
     * @return the store under test
     */
    protected abstract DeadLetterStore store(int capacity, int sequences);

    @Override
    protected final DeadLetterStore store(int capacity) {
        return store(capacity, SEQUENCES);
    }

    /* ---------------- parking ---------------- */

    /** Nothing is parked before something was. */
    @Test
    public void has_no_sequences_at_first() {
        assertThat(store.isParked(A)).as("whether a sequence of a new store is parked").isFalse();
        assertThat(store.head(A)).as("head of a sequence of a new store").isEmpty();
        assertThat(store.sequences()).as("sequences of a new store").isEmpty();
    }

    /** The first letter opens a sequence, later ones go behind the last, and other sequences have their own. */
    @Test
    public void parks_letters_of_each_sequence_in_the_order_in_which_they_came() {
        fill();

        assertThat(found(all().sequence("billing", "a"))).as("letters of a sequence").isEqualTo(ids(3, 5, 2));
        assertThat(found(all().sequence("billing", "b"))).as("the letter of another sequence").isEqualTo(ids(1));
        assertThat(found(all())).as("all letters, oldest first").isEqualTo(ids(3, 1, 5, 2, 4));
        assertThat(head(A)).as("head of a sequence").isEqualTo(ids(3));
        assertThat(store.isParked(A)).as("whether a sequence with letters is parked").isTrue();
        assertThat(store.sequences()).as("sequences").isEqualTo(Set.of(A, B));
        assertThat(store.size()).as("size").isEqualTo(CAPACITY);
    }

    /** What stands for itself parks nothing, even with a key. */
    @Test
    public void a_letter_that_was_added_belongs_to_no_sequence() {
        assertThat(store.add(letters.letter(1))).as("whether a store with room took a letter").isTrue();

        assertThat(store.sequences()).as("sequences").isEmpty();
        assertThat(store.isParked(new Sequence("billing", "key-1"))).as("whether its key is parked").isFalse();
        assertThat(found(all().sequence("billing", "key-1"))).as("letters of the sequence of its key").isEmpty();
    }

    /** Where there is nothing to be parked behind, nothing is kept. */
    @Test
    public void parks_behind_letters_only() {
        assertThat(behind(1, A)).as("answer where nothing is parked").isEqualTo(Parking.NOT_PARKED);
        assertThat(store.size()).as("size after the refusal").isZero();
        park(2, A);

        assertThat(behind(3, A)).as("answer where a letter is parked").isEqualTo(Parking.KEPT);
        assertThat(behind(4, B)).as("answer where another sequence is parked").isEqualTo(Parking.NOT_PARKED);
        assertThat(found(all())).as("letters").isEqualTo(ids(2, 3));
    }

    /** A sequence without a key is not the one of any text, and subscriptions have their own. */
    @Test
    public void tells_sequences_by_subscription_and_key() {
        park(1, SERIAL);

        for (Sequence other : List.of(A, new Sequence("billing", ""), new Sequence("billing", "null"),
                new Sequence("shipping", null))) {
            assertThat(store.isParked(other)).as("whether another sequence is parked").isFalse();
            assertThat(behind(2, other)).as("answer for another sequence").isEqualTo(Parking.NOT_PARKED);
        }
        assertThat(behind(3, new Sequence("billing", null))).as("answer for the same sequence")
                .isEqualTo(Parking.KEPT);
        assertThat(found(all().sequence("billing"))).as("letters of a sequence without a key").isEqualTo(ids(1, 3));
    }

    /* ---------------- the bounds ---------------- */

    /** Nothing is pushed out of a sequence, and others still have room. */
    @Test
    public void refuses_a_letter_when_its_sequence_is_full() {
        IntStream.of(1, 2, 3).forEach(number -> park(number, A));

        assertThat(store.park(letters.parked(4, A), A, MOST)).as("park into a full sequence")
                .isEqualTo(Parking.SEQUENCE_FULL);
        assertThat(behind(4, A)).as("parkBehind in a full sequence").isEqualTo(Parking.SEQUENCE_FULL);

        assertThat(found(all())).as("letters after the refusals").isEqualTo(ids(1, 2, 3));
        park(4, B);
        assertThat(store.park(letters.parked(5, A), A, MOST + 1)).as("park with a larger bound")
                .isEqualTo(Parking.KEPT);
    }

    /** The capacity counts letters in and out of sequences. */
    @Test
    public void refuses_a_letter_when_full_and_stays_as_it_was() {
        fill();

        assertThat(store.park(letters.parked(6, B), B, MOST)).as("park into a full store")
                .isEqualTo(Parking.STORE_FULL);
        assertThat(behind(6, B)).as("parkBehind in a full store").isEqualTo(Parking.STORE_FULL);
        assertThat(store.park(letters.parked(6, SERIAL), SERIAL, MOST)).as("park of a new sequence into a full store")
                .isEqualTo(Parking.STORE_FULL);
        assertThat(store.add(letters.letter(6))).as("whether a full store took a letter").isFalse();

        assertThat(found(all())).as("letters after the refusals").isEqualTo(ids(3, 1, 5, 2, 4));
        assertThat(store.isParked(SERIAL)).as("whether the refused letter parks its sequence").isFalse();
    }

    /** Those that are parked go on, and one that is no longer parked makes room. */
    @Test
    public void refuses_to_open_more_sequences_than_it_may() {
        park(1, A);
        park(2, B);
        park(3, SERIAL);
        Sequence further = new Sequence("shipping", "a");

        assertThat(store.park(letters.parked(4, further), further, MOST)).as("park of a further sequence")
                .isEqualTo(Parking.STORE_FULL);
        assertThat(store.isParked(further)).as("whether the further sequence is parked").isFalse();
        assertThat(behind(5, A)).as("answer for one that is parked").isEqualTo(Parking.KEPT);

        remove(2);
        park(4, further);
        assertThat(store.sequences()).as("sequences").isEqualTo(Set.of(A, SERIAL, further));
    }

    /** The check for room and the taking of it are one step. */
    @Test
    public void never_holds_more_than_the_bound_of_a_sequence_when_threads_park_at_once() {
        List<Long> kept = patience.together("parking", THREADS, thread -> () -> IntStream.rangeClosed(1, 100)
                .mapToObj(i -> store.park(letters.parked(thread * 100 + i, A), A, MOST)).filter(Parking.KEPT::equals)
                .count());

        assertThat(kept.stream().mapToLong(Long::longValue).sum()).as("letters parked by 4 threads at once")
                .isEqualTo(MOST);
        assertThat(store.find(all())).as("letters there").hasSize(MOST);
    }

    /* ---------------- removing, replacing ---------------- */

    /** The next one is the head; the last one leaves nothing parked. */
    @Test
    public void a_sequence_is_parked_until_its_last_letter_is_removed() {
        fill();

        remove(3);
        assertThat(head(A)).as("head after the first was removed").isEqualTo(ids(5));
        remove(2);
        assertThat(head(A)).as("head after the last was removed").isEqualTo(ids(5));
        assertThat(behind(6, A)).as("answer behind the one that is left").isEqualTo(Parking.KEPT);
        remove(5);
        remove(6);

        assertThat(store.isParked(A)).as("whether an empty sequence is parked").isFalse();
        assertThat(store.head(A)).as("head of an empty sequence").isEmpty();
        assertThat(store.sequences()).as("sequences that are left").isEqualTo(Set.of(B));
        assertThat(behind(7, A)).as("answer behind nothing").isEqualTo(Parking.NOT_PARKED);
    }

    /** A failed redrive and an edit change a letter where it is. */
    @Test
    public void a_replaced_letter_keeps_its_place_in_its_sequence() {
        fill();
        DeadLetter failed = letters.parked(3, A, DeadLetterReason.INTERRUPTED);
        DeadLetter edited = letters.edited(letters.parked(5, A), 9);

        assertThat(store.replace(failed)).as("whether the head was replaced").isTrue();
        assertThat(store.replace(edited)).as("whether a follower was replaced").isTrue();

        assertThat(contents(store.head(A).stream())).as("the head").isEqualTo(contents(Stream.of(failed)));
        assertThat(found(all().sequence("billing", "a"))).as("letters of the sequence").isEqualTo(ids(3, 5, 2));
        assertThat(contents(store.get(edited.id()).stream())).as("the follower, with its edits")
                .isEqualTo(contents(Stream.of(edited)));
    }

    /** Whichever of the two comes first, a letter is in a parked sequence or was not kept. */
    @Test
    public void parks_behind_the_last_letter_or_finds_it_gone_when_it_is_removed_at_once() {
        for (int round = 1; round <= ROUNDS; round++) {
            int first = 2 * round;
            park(first, A);
            List<Boolean> kept = patience.together("parking and removing", 2, thread -> () -> thread == 0
                    ? store.remove(SampleLetters.id(first))
                    : behind(first + 1, A) == Parking.KEPT);

            boolean parked = kept.get(1);
            assertThat(store.isParked(A)).as("whether the sequence is parked, as the answer says").isEqualTo(parked);
            assertThat(head(A)).as("head").isEqualTo(parked ? ids(first + 1) : ids());
            assertThat(store.size()).as("size").isEqualTo(parked ? 1 : 0);
            boolean unused = store.remove(SampleLetters.id(first + 1));
        }
    }

    /* ---------------- finding, restarting ---------------- */

    /** A sequence is a condition like others. */
    @Test
    public void finds_letters_of_a_sequence_that_fulfil_other_conditions_too() {
        fill();
        DeadLetterQuery query = all().sequence("billing", "a");

        assertThat(found(query.limit(2))).as("at most 2 letters of a sequence").isEqualTo(ids(3, 5));
        assertThat(found(query.letter(SampleLetters.id(5)))).as("one letter of a sequence").isEqualTo(ids(5));
        assertThat(found(query.letter(SampleLetters.id(1)))).as("one letter of another sequence").isEmpty();
        assertThat(found(query.matching(letter -> !letter.id().equals(SampleLetters.id(3)))))
                .as("letters of a sequence for which a predicate holds").isEqualTo(ids(5, 2));
        assertThat(found(all().sequence("shipping", "a"))).as("letters of an unknown sequence").isEmpty();
    }

    /** As {@link #isDurable()} declares. */
    @Test
    public void keeps_its_sequences_over_a_restart_or_not_as_declared() {
        fill();
        remove(3);

        store = reopen(store, CAPACITY);

        assertThat(store.sequences()).as("sequences after the restart, as isDurable() declares")
                .isEqualTo(isDurable() ? Set.of(A, B) : Set.of());
        assertThat(head(A)).as("head after the restart, as isDurable() declares")
                .isEqualTo(isDurable() ? ids(5) : ids());
        assertThat(behind(6, A)).as("answer after the restart, as isDurable() declares")
                .isEqualTo(isDurable() ? Parking.KEPT : Parking.NOT_PARKED);
    }

    /* ---------------- helpers ---------------- */

    // In an order that is none of ids, times or keys; the last one stands for itself.
    private void fill() {
        park(3, A);
        park(1, B);
        park(5, A);
        assertThat(behind(2, A)).as("answer behind two letters").isEqualTo(Parking.KEPT);
        assertThat(store.add(letters.letter(4))).as("whether a store with room took a letter").isTrue();
    }

    private void park(int number, Sequence sequence) {
        assertThat(store.park(letters.parked(number, sequence, DeadLetterReason.ATTEMPTS_EXHAUSTED), sequence, MOST))
                .as("park where there is room").isEqualTo(Parking.KEPT);
    }

    private Parking behind(int number, Sequence sequence) {
        return store.parkBehind(letters.parked(number, sequence), sequence, MOST);
    }

    private void remove(int number) {
        assertThat(store.remove(SampleLetters.id(number))).as("whether a letter was removed").isTrue();
    }

    private List<UUID> head(Sequence sequence) {
        return store.head(sequence).stream().map(DeadLetter::id).toList();
    }
}
