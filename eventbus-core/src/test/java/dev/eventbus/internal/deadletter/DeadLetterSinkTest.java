/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.contract.CapturedLog;
import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.deadletter.Letters;
import dev.eventbus.deadletter.Parking;
import dev.eventbus.deadletter.Sequence;
import dev.eventbus.fixture.ManualClocks;
import dev.eventbus.fixture.TestPorts;
import dev.eventbus.internal.observe.Signals;
import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.internal.runtime.Timers;
import dev.eventbus.observe.Signal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Letters in one place, in one pair of hands, and those who wait for room told once. */
@Timeout(60)
@DisplayNameGeneration(ReplaceUnderscores.class)
class DeadLetterSinkTest {
    private static final Sequence SEQUENCE = new Sequence("billing", "INV-1");
    private static final Sequence OTHER = new Sequence("billing", "INV-2");
    private static final DeadLetter LETTER = Letters.letter(1);
    private static final DeadLetter HEAD = Letters.sequenced(2, "INV-1");
    private static final DeadLetter FOLLOWER = Letters.sequenced(3, "INV-1");
    private static final int MOST = 2;

    private final ManualClocks clocks = new ManualClocks();
    private final HandRuntime runtime = new HandRuntime(clocks);
    private final Ports ports = TestPorts.of(clocks, runtime);
    private final HookedLetters letters = new HookedLetters();
    private final List<Signal> told = new ArrayList<>();
    private final List<String> rung = new ArrayList<>();
    private final CapturedLog log = CapturedLog.of("dev.eventbus");
    private final DeadLetterSink sink = new DeadLetterSink("b", letters.store, null,
            new Signals("b", List.of(told::add)),
            new Retention("b", Duration.ofHours(1), ports, new Timers("timers", ports)));

    @AfterEach
    void close() {
        log.close();
    }

    private void park(DeadLetter letter) {
        sink.park(letter, SEQUENCE, MOST, null);
    }

    /* ---------------- in ---------------- */

    @Test
    void one_that_was_given_up_is_kept_with_one_line_and_one_signal() {
        sink.keep(LETTER, new IOException("planted"));

        assertThat(sink.find(DeadLetterQuery.all())).containsExactly(LETTER);
        assertThat(told).containsExactly(new Signal.DeadLettered(LETTER, true));
        assertThat(log.lines()).singleElement().asString().startsWith("WARN bus 'b': subscription 'billing' gave up")
                .contains("last failure", "IOException", LETTER.id().toString());
        assertThat(sink.lastResorts()).isZero();
    }

    @Test
    void one_that_was_never_attempted_costs_no_line_that_anybody_must_read() {
        sink.keep(LETTER, null);

        assertThat(told).hasSize(1);
        assertThat(log.lines()).singleElement().asString().startsWith("DEBUG");
    }

    @Test
    void one_without_room_says_whether_the_store_or_its_sequence_is_full() {
        park(HEAD);
        park(FOLLOWER);
        sink.parked(Letters.sequenced(4, "INV-1"), sink.askToPark(Letters.sequenced(4, "INV-1"), SEQUENCE, MOST));
        IntStream.range(10, 18).forEach(i -> sink.keep(Letters.letter(i), null));
        assertThat(sink.isFull()).isTrue();
        sink.keep(LETTER, null);

        assertThat(log.lines().stream().filter(line -> line.startsWith("ERROR"))).satisfiesExactly(
                full -> assertThat(full).contains("its sequence is full", "raise SequencePolicy.letters"),
                full -> assertThat(full).contains("the dead letter store is full", "raise its capacity"));
        assertThat(sink.lastResorts()).isEqualTo(2);
        assertThat(told.getLast()).isEqualTo(new Signal.DeadLettered(LETTER, false));
    }

    @Test
    void a_store_with_room_is_not_full() {
        IntStream.range(10, 19).forEach(i -> sink.keep(Letters.letter(i), null));

        assertThat(sink.size()).isEqualTo(9);
        assertThat(sink.isFull()).isFalse();
    }

    @Test
    void one_that_fails_again_stays_where_it_is_and_one_that_was_removed_meanwhile_comes_back() {
        sink.keep(LETTER, null);
        park(HEAD);

        sink.keepAgain(LETTER, null);
        assertThat(sink.size()).isEqualTo(2);

        assertThat(sink.forget(LETTER) && sink.forget(HEAD)).isTrue();
        assertThat(sink.hasParked()).isFalse();
        sink.keepAgain(LETTER, null);
        sink.keepAgain(HEAD, null);
        assertThat(sink.find(DeadLetterQuery.all())).containsExactly(LETTER, HEAD);
        assertThat(sink.isParked(SEQUENCE)).isTrue();
    }

    /* ---------------- sequences ---------------- */

    @Test
    void there_is_nothing_to_look_up_while_nothing_is_parked() {
        sink.keep(LETTER, null);
        assertThat(sink.hasParked()).isFalse();

        park(HEAD);
        assertThat(sink.hasParked()).isTrue();

        assertThat(sink.forget(HEAD)).isTrue();
        assertThat(sink.hasParked()).isFalse();
    }

    @Test
    void who_waits_for_room_is_told_once_when_a_letter_of_that_sequence_goes() {
        Runnable bell = () -> rung.add("bell");
        park(HEAD);
        park(FOLLOWER);
        sink.whenRoom(SEQUENCE, bell);
        sink.whenRoom(SEQUENCE, bell);
        sink.whenRoom(OTHER, () -> rung.add("other"));
        assertThat(rung).isEmpty();

        assertThat(sink.forget(HEAD)).isTrue();
        assertThat(sink.forget(FOLLOWER)).isTrue();

        assertThat(rung).containsExactly("bell");
        assertThat(log.lines()).noneMatch(line -> line.startsWith("ERROR"));
    }

    @Test
    void one_that_cannot_be_woken_keeps_nobody_else_asleep() {
        park(HEAD);
        sink.whenRoom(SEQUENCE, () -> {
            throw new IllegalStateException("planted");
        });
        sink.whenRoom(SEQUENCE, () -> rung.add("second"));

        assertThat(sink.forget(HEAD)).isTrue();

        assertThat(rung).containsExactly("second");
        assertThat(log.lines().stream().filter(line -> line.startsWith("ERROR"))).singleElement().asString()
                .contains("could not be woken");
    }

    @Test
    void a_sequence_that_the_store_no_longer_has_is_not_taken_for_parked() {
        park(HEAD);
        assertThat(letters.store.remove(HEAD.id())).isTrue(); // by somebody else
        assertThat(sink.isParked(SEQUENCE)).isTrue();

        assertThat(sink.askToPark(FOLLOWER, SEQUENCE, MOST).parking()).isEqualTo(Parking.NOT_PARKED);

        assertThat(sink.isParked(SEQUENCE)).isFalse();
    }

    /* ---------------- out ---------------- */

    @Test
    void a_letter_is_in_one_pair_of_hands_and_free_afterwards() {
        sink.keep(LETTER, null);

        assertThat(sink.holding(LETTER.id(), held -> {
            rung.add("held " + (held == LETTER));
            assertThat(sink.holding(LETTER.id(), again -> rung.add("twice"))).isFalse();
        })).isTrue();
        assertThat(sink.holding(LETTER.id(), held -> rung.add("again"))).isTrue();

        assertThat(rung).containsExactly("held true", "again");
    }

    @Test
    void nobody_has_in_hand_what_is_not_there() {
        assertThat(sink.holding(LETTER.id(), held -> rung.add("held"))).isFalse();

        assertThat(rung).isEmpty();
    }

    @Test
    void what_is_not_there_is_neither_forgotten_nor_discarded_nor_edited_and_nobody_is_told() {
        assertThat(sink.forget(LETTER)).isFalse();
        assertThat(sink.discard(LETTER, "known")).isFalse();
        assertThat(sink.edited(LETTER, "ticket 12")).isFalse();

        assertThat(told).isEmpty();
        assertThat(sink.discarded()).isZero();
    }

    @Test
    void a_letter_that_is_due_while_it_is_in_hand_expires_when_it_is_let_go() {
        sink.keep(LETTER, null);

        assertThat(sink.holding(LETTER.id(), held -> {
            runtime.runStarted(); // the hour passes
            assertThat(sink.size()).isOne();
        })).isTrue();
        runtime.runStarted();

        assertThat(sink.size()).isZero();
        assertThat(sink.expired()).isOne();
        assertThat(told.getLast()).isEqualTo(new Signal.LetterExpired(LETTER));
        assertThat(log.lines()).noneMatch(line -> line.startsWith("ERROR"));
    }

    @Test
    void a_follower_does_not_expire_before_its_head_whoever_is_older() {
        park(HEAD);
        park(FOLLOWER);
        clocks.advance(Duration.ofMinutes(10));
        sink.keepAgain(HEAD, null); // its redrive has failed: it is the younger one now

        runtime.runStarted();

        assertThat(told.stream().filter(Signal.LetterExpired.class::isInstance)).containsExactly(
                new Signal.LetterExpired(HEAD), new Signal.LetterExpired(FOLLOWER));
    }

    @Test
    void a_store_that_throws_when_a_letter_is_due_is_asked_once_more_after_as_long() {
        sink.keep(LETTER, null);
        letters.breakNext("get");

        runtime.runStarted();

        assertThat(sink.expired()).isOne();
        assertThat(runtime.waits()).isEqualTo(2);
        assertThat(log.lines().stream().filter(line -> line.startsWith("ERROR"))).singleElement().asString()
                .contains("could not expire", LETTER.id().toString(), "mend the store");
    }
}
