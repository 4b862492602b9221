/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.error.ConfigurationException;
import dev.eventbus.fixture.Threads;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class InMemoryDeadLetterStoreTest {
    private final DeadLetterStore store = DeadLetterStore.inMemory(5);

    private List<DeadLetter> fill() {
        List<DeadLetter> letters = IntStream.of(3, 1, 5, 2, 4).mapToObj(Letters::letter).toList();
        letters.forEach(store::add);
        return letters;
    }

    @Test
    void refuses_a_capacity_below_1() {
        assertThatThrownBy(() -> DeadLetterStore.inMemory(0)).isInstanceOf(ConfigurationException.class)
                .hasMessage("capacity must be >= 1, was 0");
    }

    @Test
    void is_empty_at_first() {
        assertThat(store.size()).isZero();
        assertThat(store.find(DeadLetterQuery.all())).isEmpty();
        assertThat(store.get(new UUID(0, 1))).isEmpty();
    }

    @Test
    void finds_letters_in_the_order_in_which_they_came() {
        List<DeadLetter> letters = fill();

        assertThat(store.find(DeadLetterQuery.all())).containsExactlyElementsOf(letters);
    }

    @Test
    void takes_letters_up_to_its_capacity_and_no_more() {
        List<DeadLetter> letters = fill();

        assertThat(store.add(Letters.letter(6))).isFalse();

        assertThat(store.size()).isEqualTo(5);
        assertThat(store.find(DeadLetterQuery.all())).containsExactlyElementsOf(letters);
    }

    @Test
    void has_room_again_when_a_letter_is_removed() {
        fill();
        store.remove(new UUID(0, 1));

        assertThat(store.add(Letters.letter(6))).isTrue();
    }

    @Test
    void does_not_take_a_letter_twice() {
        DeadLetter letter = Letters.letter(1);

        assertThat(store.add(letter)).isTrue();
        assertThat(store.add(Letters.letter(1))).isFalse();
        assertThat(store.get(letter.id())).containsSame(letter);
    }

    @Test
    void finds_at_most_the_limit_the_oldest_first() {
        List<DeadLetter> letters = fill();

        assertThat(store.find(DeadLetterQuery.all().limit(2))).containsExactlyElementsOf(letters.subList(0, 2));
    }

    @Test
    void the_limit_counts_letters_that_match() {
        List<DeadLetter> letters = fill();

        assertThat(store.find(DeadLetterQuery.all().letter(letters.get(4).id()).limit(1)))
                .containsExactly(letters.get(4));
    }

    @Test
    void puts_another_version_in_the_same_place_even_when_full() {
        fill();
        DeadLetter changed = Letters.letter(3, "shipping", "order", DeadLetterReason.INTERRUPTED);

        assertThat(store.replace(changed)).isTrue();

        assertThat(store.find(DeadLetterQuery.all()).get(0)).isSameAs(changed);
        assertThat(store.size()).isEqualTo(5);
    }

    @Test
    void does_not_replace_what_is_not_there() {
        assertThat(store.replace(Letters.letter(1))).isFalse();
        assertThat(store.size()).isZero();
    }

    @Test
    void forgets_a_letter_once() {
        fill();

        assertThat(store.remove(new UUID(0, 5))).isTrue();
        assertThat(store.remove(new UUID(0, 5))).isFalse();
        assertThat(store.get(new UUID(0, 5))).isEmpty();
        assertThat(store.size()).isEqualTo(4);
    }

    @Test
    void parks_up_to_each_of_its_three_bounds_and_says_which_is_reached() {
        DeadLetterStore small = DeadLetterStore.inMemory(3, 2);
        Sequence first = new Sequence("billing", "1");
        Sequence second = new Sequence("billing", "2");

        assertThat(small.capacity()).isEqualTo(3);
        assertThat(small.park(Letters.sequenced(1, "1"), first, 1)).isEqualTo(Parking.KEPT);
        assertThat(small.park(Letters.sequenced(2, "1"), first, 1)).isEqualTo(Parking.SEQUENCE_FULL);
        assertThat(small.park(Letters.sequenced(3, "2"), second, 5)).isEqualTo(Parking.KEPT);
        assertThat(small.park(Letters.sequenced(4, "3"), new Sequence("billing", "3"), 5))
                .as("a third sequence").isEqualTo(Parking.STORE_FULL);
        assertThat(small.park(Letters.sequenced(5, "2"), second, 5)).isEqualTo(Parking.KEPT);
        assertThat(small.park(Letters.sequenced(6, "2"), second, 5)).as("a fourth letter")
                .isEqualTo(Parking.STORE_FULL);
        assertThat(small.size()).isEqualTo(3);
        assertThat(small.sequences()).containsExactlyInAnyOrder(first, second);
    }

    @Test
    void what_it_found_does_not_change_afterwards() {
        fill();
        List<DeadLetter> found = store.find(DeadLetterQuery.all());

        store.remove(new UUID(0, 5));

        assertThat(found).hasSize(5);
    }

    @Test
    void asks_a_predicate_without_a_lock_so_that_another_thread_may_use_the_store_meanwhile() {
        fill();
        DeadLetterQuery query = DeadLetterQuery.all().matching(letter -> Threads.result(
                Threads.start(() -> store.remove(letter.id()) && store.add(letter)),
                "the other thread's use of the store"));

        assertThat(store.find(query)).hasSize(5);
    }

    @Test
    void a_predicate_may_use_the_store_itself() {
        fill();

        assertThat(store.find(DeadLetterQuery.all().matching(letter -> store.get(letter.id()).isPresent()))).hasSize(5);
    }

    @Test
    void a_predicate_that_throws_harms_the_caller_only() {
        fill();

        assertThatThrownBy(() -> store.find(DeadLetterQuery.all().matching(letter -> {
            throw new IllegalStateException("broken");
        }))).hasMessage("broken");
        assertThat(Threads.<Integer>result(Threads.start(store::size), "another thread's use of the store"))
                .isEqualTo(5);
    }

    @Test
    void never_holds_more_than_its_capacity_when_threads_add_at_once() {
        List<Integer> added = Threads.together(8, thread -> () -> (int) IntStream.range(0, 100)
                .filter(i -> store.add(Letters.letter(thread * 100 + i))).count());

        assertThat(added.stream().mapToInt(Integer::intValue).sum()).isEqualTo(5);
        assertThat(store.size()).isEqualTo(5);
    }
}
