/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.deadletter.DeadLetterReason;
import dev.eventbus.deadletter.DeadLetterStore;
import dev.eventbus.testkit.contract.SampleLetters.Content;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * What every {@link DeadLetterStore} promises of letters by themselves.
 *
 * {@snippet class="dev.eventbus.testkit.contract.InMemoryDeadLetterStoreContractTest" region="suite"}
 *
 * <p>Letters by themselves; those in sequences are in {@link DeadLetterSequenceContract}.
 *
 * <p>Deliberately not asserted: what {@code add} does with an id that is there already, since no caller may do so; what
 * {@code find} throws when a predicate of the query does; what a store throws that cannot reach its storage; what a letter
 * looks like in the storage; the order of letters that several threads have added at the same time; how long anything takes.
 *
 * <p>One instance per case; the case runs in one thread and starts others. Not thread-safe.
 *
 * @since 0.1
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
public abstract class DeadLetterStoreContract extends DeadLetterStoreFixture {
    /** Creates the suite. */
    protected DeadLetterStoreContract() {
    }

    /* ---------------- keeping ---------------- */

    /** Nothing is there before something was added. */
    @Test
    public void is_empty_at_first() {
        assertThat(store.size()).as("size of a new store").isZero();
        assertThat(found(all())).as("letters in a new store").isEmpty();
        assertThat(store.get(SampleLetters.id(1))).as("a letter by id in a new store").isEmpty();
    }

    /** Letters come back in the order in which they were added, whatever their ids and times. */
    @Test
    public void finds_letters_in_the_order_in_which_they_came() {
        fill();

        assertThat(found(all())).as("letters, oldest first").isEqualTo(ids(3, 1, 5, 2, 4));
        assertThat(store.size()).as("size of a store with 5 letters").isEqualTo(CAPACITY);
    }

    /** Every field comes back, those that may be null and those of the event included. */
    @Test
    public void gives_each_letter_back_whole() {
        List<DeadLetter> kept = List.of(letters.letter(1), letters.bareLetter(2), letters.edited(letters.letter(3), 7));
        kept.forEach(this::add);

        assertThat(contents(store.find(all()).stream())).as("letters found").isEqualTo(contents(kept.stream()));
        assertThat(contents(kept.stream().flatMap(letter -> store.get(letter.id()).stream())))
                .as("letters read by id").isEqualTo(contents(kept.stream()));
    }

    /** As {@link #keepsInstances()} declares. */
    @Test
    public void gives_the_same_object_back_or_another_one_as_declared() {
        DeadLetter kept = letters.letter(1);
        add(kept);

        assertThat(contents(store.get(kept.id()).stream())).as("the letter read by id")
                .isEqualTo(contents(Stream.of(kept)));
        DeadLetter back = store.get(kept.id()).orElseThrow();
        if (keepsInstances()) {
            assertThat(back).as("the letter that came back, as keepsInstances() declares").isSameAs(kept);
        } else {
            assertThat(back).as("the letter that came back, as keepsInstances() declares").isNotSameAs(kept);
        }
    }

    /** As {@link #isDurable()} declares. */
    @Test
    public void keeps_its_letters_over_a_restart_or_not_as_declared() {
        fill();
        assertThat(store.remove(SampleLetters.id(5))).as("whether a letter was removed").isTrue();
        assertThat(store.replace(changed(2))).as("whether a letter was replaced").isTrue();
        List<Content> before = contents(store.find(all()).stream());

        DeadLetterStore after = reopen(store, CAPACITY);

        assertThat(ids(before)).as("letters before the restart").isEqualTo(ids(3, 1, 2, 4));
        assertThat(contents(after.find(all()).stream())).as("letters after the restart, as isDurable() declares")
                .isEqualTo(isDurable() ? before : List.of());
    }

    /* ---------------- the bound ---------------- */

    /** A store knows its bound. */
    @Test
    public void tells_its_capacity() {
        assertThat(store.capacity()).as("capacity").isEqualTo(CAPACITY);
    }

    /** What is beyond the capacity is refused, nothing is pushed out for it. */
    @Test
    public void refuses_a_letter_when_full_and_stays_as_it_was() {
        fill();

        assertThat(store.add(letters.letter(6))).as("whether a full store took a letter").isFalse();

        assertThat(found(all())).as("letters after the refusal").isEqualTo(ids(3, 1, 5, 2, 4));
        assertThat(store.size()).as("size after the refusal").isEqualTo(CAPACITY);
    }

    /** A place that was given back can be taken. */
    @Test
    public void has_room_again_when_a_letter_was_removed() {
        fill();
        assertThat(store.remove(SampleLetters.id(1))).as("whether a letter was removed").isTrue();

        assertThat(store.add(letters.letter(6))).as("whether there was room again").isTrue();

        assertThat(found(all())).as("letters, the new one last").isEqualTo(ids(3, 5, 2, 4, 6));
    }

    /** The check for room and the taking of it are one step. */
    @Test
    public void never_holds_more_than_its_capacity_when_threads_add_at_once() {
        List<Long> added = patience.together("adding", THREADS, thread -> () -> IntStream.rangeClosed(1, 100)
                .filter(i -> store.add(letters.letter(thread * 100 + i))).count());

        assertThat(added.stream().mapToLong(Long::longValue).sum()).as("letters taken from 4 threads at once")
                .isEqualTo(CAPACITY);
        assertThat(store.find(all())).as("letters there").hasSize(CAPACITY);
        assertThat(store.size()).as("size").isEqualTo(CAPACITY);
    }

    /* ---------------- finding ---------------- */

    /** Each condition of a query counts. */
    @Test
    public void finds_letters_by_each_property() {
        fillMixed();

        assertThat(found(all().letter(SampleLetters.id(2)))).as("letters of one id").isEqualTo(ids(2));
        assertThat(found(all().event(new UUID(1, 3)))).as("letters of one event").isEqualTo(ids(3));
        assertThat(found(all().subscription("billing"))).as("letters of one subscription").isEqualTo(ids(1, 3, 4));
        assertThat(found(all().type("order"))).as("letters of one type").isEqualTo(ids(1, 2, 4));
        assertThat(found(all().reason(DeadLetterReason.OVERFLOW))).as("letters of one reason").isEqualTo(ids(2, 4));
        assertThat(found(all().fingerprint("fedcba9876543210"))).as("letters of another failure").isEmpty();
        assertThat(found(all().fingerprint("0123456789abcdef"))).as("letters of one failure")
                .isEqualTo(ids(1, 2, 3, 4));
        assertThat(found(all().matching(letter -> letter.event().payload().equals(payload(4)))))
                .as("letters for which a predicate holds").isEqualTo(ids(4));
    }

    /** Conditions are joined by and. */
    @Test
    public void finds_letters_that_fulfil_every_condition() {
        fillMixed();

        assertThat(found(all().subscription("billing").type("order").matching(letter -> !letter.id()
                .equals(SampleLetters.id(1))))).as("letters that fulfil three conditions").isEqualTo(ids(4));
        assertThat(found(all().subscription("shipping").reason(DeadLetterReason.ATTEMPTS_EXHAUSTED)))
                .as("letters that fulfil only one of two conditions each").isEmpty();
    }

    /** The limit cuts off the newest of those that match, not of all. */
    @Test
    public void finds_at_most_the_limit_the_oldest_first() {
        fillMixed();

        assertThat(found(all().limit(2))).as("at most 2 letters").isEqualTo(ids(1, 2));
        assertThat(found(all().subscription("billing").limit(2))).as("at most 2 letters of one subscription")
                .isEqualTo(ids(1, 3));
        assertThat(found(all().matching(letter -> letter.reason() == DeadLetterReason.OVERFLOW).limit(1)))
                .as("at most 1 letter for which a predicate holds").isEqualTo(ids(2));
    }

    /** A list that was returned belongs to the caller. */
    @Test
    public void what_it_has_found_does_not_change_afterwards() {
        fill();
        List<DeadLetter> found = store.find(all());

        assertThat(store.remove(SampleLetters.id(5))).as("whether a letter was removed").isTrue();

        assertThat(found.stream().map(DeadLetter::id).toList()).as("letters found before")
                .isEqualTo(ids(3, 1, 5, 2, 4));
        assertThat(found(all())).as("letters found after").isEqualTo(ids(3, 1, 2, 4));
    }

    /** Predicates are the caller's code, and may wait for another thread that uses the store. */
    @Test
    public void asks_a_predicate_without_a_lock() {
        fill();
        DeadLetterQuery query = all().matching(letter -> patience.result("another thread's use of the store",
                () -> store.get(letter.id()).isPresent() && store.replace(letter) && store.size() == CAPACITY));

        assertThat(patience.result("a find whose predicate waits for another thread", () -> found(query)))
                .as("letters for which the predicate holds").isEqualTo(ids(3, 1, 5, 2, 4));
    }

    /** The failure is the caller's, and the store goes on. */
    @Test
    public void a_predicate_that_throws_harms_its_caller_only() {
        fill();
        AtomicBoolean asked = new AtomicBoolean();

        Throwable thrown = catchThrowable(() -> store.find(all().matching(letter -> {
            asked.set(true);
            throw new IllegalStateException("planted");
        })));

        assertThat(thrown).as("what find throws when a predicate does").isInstanceOf(RuntimeException.class);
        assertThat(asked).as("whether the predicate was asked").isTrue();
        assertThat(patience.result("another thread's use of the store", () -> found(all())))
                .as("letters after the failure").isEqualTo(ids(3, 1, 5, 2, 4));
    }

    /* ---------------- replacing, removing ---------------- */

    /** Another version keeps the place of the one before, and needs no room. */
    @Test
    public void replaces_a_letter_in_its_place_even_when_full() {
        fill();
        DeadLetter changed = changed(1);

        assertThat(store.replace(changed)).as("whether the letter was replaced").isTrue();

        assertThat(found(all())).as("letters in the order of their first versions").isEqualTo(ids(3, 1, 5, 2, 4));
        assertThat(contents(store.get(changed.id()).stream())).as("the letter read by id")
                .isEqualTo(contents(Stream.of(changed)));
        assertThat(store.size()).as("size").isEqualTo(CAPACITY);
    }

    /** Nothing of the version before is found any more. */
    @Test
    public void finds_a_replaced_letter_by_what_it_says_now() {
        fill();
        assertThat(store.replace(changed(2))).as("whether the letter was replaced").isTrue();

        assertThat(found(all().reason(DeadLetterReason.INTERRUPTED))).as("letters of its new reason").isEqualTo(ids(2));
        assertThat(found(all().reason(DeadLetterReason.ATTEMPTS_EXHAUSTED))).as("letters of its old reason")
                .isEqualTo(ids(3, 1, 5, 4));
    }

    /** A letter that was discarded meanwhile does not come back. */
    @Test
    public void does_not_replace_what_is_not_there() {
        assertThat(store.replace(letters.letter(1))).as("whether a letter was replaced that is not there").isFalse();

        assertThat(store.size()).as("size of a store that has not changed").isZero();
    }

    /** The second removal finds nothing. */
    @Test
    public void forgets_a_letter_once() {
        fill();

        assertThat(store.remove(SampleLetters.id(5))).as("whether the letter was removed").isTrue();
        assertThat(store.remove(SampleLetters.id(5))).as("whether it was removed again").isFalse();

        assertThat(store.get(SampleLetters.id(5))).as("the removed letter").isEmpty();
        assertThat(found(all())).as("letters that are left").isEqualTo(ids(3, 1, 2, 4));
        assertThat(store.size()).as("size").isEqualTo(4);
    }

    /** Of several threads that remove a letter one is told that it has. */
    @Test
    public void forgets_a_letter_for_one_of_several_threads() {
        fill();

        List<Long> removed = patience.together("removing", THREADS,
                thread -> () -> IntStream.rangeClosed(1, CAPACITY).filter(i -> store.remove(SampleLetters.id(i)))
                        .count());

        assertThat(removed.stream().mapToLong(Long::longValue).sum())
                .as("successful removals of 5 letters by 4 threads at once").isEqualTo(CAPACITY);
        assertThat(store.size()).as("size").isZero();
    }

    /* ---------------- helpers ---------------- */

    private void add(DeadLetter letter) {
        assertThat(store.add(letter)).as("whether a store with room took a letter").isTrue();
    }

    // In an order that is none of ids or times.
    private void fill() {
        IntStream.of(3, 1, 5, 2, 4).mapToObj(letters::letter).forEach(this::add);
    }

    private void fillMixed() {
        add(letters.letter(1));
        add(letters.letter(2, "shipping", "order", DeadLetterReason.OVERFLOW));
        add(letters.letter(3, "billing", "invoice", DeadLetterReason.ATTEMPTS_EXHAUSTED));
        add(letters.letter(4, "billing", "order", DeadLetterReason.OVERFLOW));
    }

    private DeadLetter changed(int number) {
        return letters.letter(number, "billing", "order", DeadLetterReason.INTERRUPTED);
    }

    private static List<UUID> ids(List<Content> contents) {
        return contents.stream().map(content -> content.letter().id()).toList();
    }
}
