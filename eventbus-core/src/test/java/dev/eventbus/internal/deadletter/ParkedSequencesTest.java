/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.deadletter.Letters;
import dev.eventbus.deadletter.Sequence;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** A sequence that is parked is never missing, and one that is not is forgotten, in whatever order the answers come. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ParkedSequencesTest {
    private static final Sequence SEQUENCE = new Sequence("billing", "INV-1");

    private final HookedLetters letters = new HookedLetters();
    private final ParkedSequences parked = new ParkedSequences(letters.store);

    @Test
    void one_that_is_just_being_parked_is_not_forgotten_though_the_store_does_not_have_it_yet() {
        parked.begin(SEQUENCE);

        parked.refresh(SEQUENCE);

        assertThat(parked.contains(SEQUENCE)).isTrue();
        parked.end(SEQUENCE, false);
        assertThat(parked.contains(SEQUENCE)).isFalse();
        assertThat(parked.size()).isZero();
    }

    @Test
    void nor_when_that_begins_while_the_store_is_asked() {
        letters.atNext("isParked", () -> parked.begin(SEQUENCE));

        parked.refresh(SEQUENCE);

        assertThat(parked.contains(SEQUENCE)).isTrue();
    }

    @Test
    void of_two_that_park_the_one_that_is_refused_leaves_the_place_of_the_other() {
        parked.begin(SEQUENCE);
        parked.begin(SEQUENCE);

        parked.end(SEQUENCE, false);

        assertThat(parked.contains(SEQUENCE)).isTrue();
        parked.end(SEQUENCE, true);
        assertThat(parked.contains(SEQUENCE)).isTrue();
    }

    @Test
    void an_answer_that_was_overtaken_is_asked_for_again() {
        parked.begin(SEQUENCE);
        parked.end(SEQUENCE, true);
        letters.atNext("isParked", () -> { // another thread parks in vain meanwhile
            parked.begin(SEQUENCE);
            parked.end(SEQUENCE, false);
        });

        parked.refresh(SEQUENCE);

        assertThat(parked.contains(SEQUENCE)).as("the store has no letter of it").isFalse();
    }

    @Test
    void one_that_the_store_got_from_elsewhere_is_known_after_a_question() {
        letters.store.park(Letters.sequenced(1, "INV-1"), SEQUENCE, 5);
        assertThat(parked.contains(SEQUENCE)).isFalse();

        parked.refresh(SEQUENCE);

        assertThat(parked.contains(SEQUENCE)).isTrue();
    }
}
