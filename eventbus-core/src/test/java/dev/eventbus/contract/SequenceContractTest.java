/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.deadletter.DeadLetterReason;
import dev.eventbus.deadletter.DeadLetterStore;
import dev.eventbus.deadletter.Parking;
import dev.eventbus.deadletter.RedriveReport;
import dev.eventbus.deadletter.Sequence;
import dev.eventbus.deadletter.SequencePolicy;
import dev.eventbus.fixture.Threads;
import dev.eventbus.internal.deliver.Publication;
import dev.eventbus.internal.deliver.Subscriber;
import dev.eventbus.internal.outcome.Endings.ParkAnswer;
import dev.eventbus.observe.Signal;
import dev.eventbus.publish.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class SequenceContractTest {
    private static final DeadLetterQuery ALL = DeadLetterQuery.all();
    private static final SequencePolicy SEQUENCED = SequencePolicy.sequenced();
    private static final Sequence A = new Sequence("s", "a");

    private final DeadLetterStore store = DeadLetterStore.inMemory(10, 2);
    private final FaultyStore faulty = new FaultyStore(store);
    private final SequencedStages stages = new SequencedStages(faulty);
    private final List<String> log = new ArrayList<>();
    private Runnable inside = () -> {};
    private boolean broken = true;

    private Subscriber subscribe(SequencePolicy policy) {
        return stages.subscribe("s", policy, text -> {
            log.add(text);
            inside.run();
            if (broken || text.startsWith("bad")) {
                throw new IOException("planted");
            }
        });
    }

    private List<Object> parked() {
        return stages.letters.find(ALL).stream().<Object>map(letter -> letter.event().payload()).toList();
    }

    private ParkAnswer follow(Subscriber subscriber, String payload) {
        return stages.follow(stages.event(subscriber, payload, "a"));
    }

    /** Gives a head up and parks others behind it. */
    private Subscriber parkedSequence(SequencePolicy policy, String head, String... followers) {
        Subscriber subscriber = subscribe(policy);
        stages.publish(head, "a");
        Stream.of(followers).forEach(text -> assertThat(follow(subscriber, text)).isEqualTo(ParkAnswer.PARKED));
        broken = false;
        log.clear();
        return subscriber;
    }

    @Test
    @Rule("X-2")
    void what_is_given_up_parks_its_key_and_no_other() {
        subscribe(SEQUENCED);

        stages.publish("1", "a");

        assertThat(stages.sink.isParked(A)).isTrue();
        assertThat(stages.endings.isParked(A)).isTrue();
        assertThat(stages.sink.isParked(new Sequence("s", "b"))).isFalse();
        assertThat(stages.letters.find(ALL.sequence("s", "a"))).singleElement().satisfies(letter -> {
            assertThat(letter.sequence()).contains(A);
            assertThat(letter.key()).isEqualTo("a");
        });
    }

    @Test
    @Rule("X-2")
    void nothing_is_parked_without_a_key_or_by_choice() {
        stages.subscribe("none", SequencePolicy.none(), text -> {
            throw new IOException("planted");
        });
        stages.publish("1", "a");
        subscribe(SEQUENCED);
        stages.publish("2", null);

        assertThat(store.size()).isEqualTo(3);
        assertThat(store.sequences()).isEmpty();
        assertThat(stages.sink.parkedSequences()).isZero();
    }

    @Test
    @Rule("X-2")
    void what_comes_after_it_is_parked_behind_it_unattempted() {
        Subscriber subscriber = subscribe(SEQUENCED);
        stages.publish("1", "a");
        Publication<String> second = stages.event(subscriber, "2", "a");

        assertThat(stages.follow(second)).isEqualTo(ParkAnswer.PARKED);

        assertThat(log).containsExactly("1");
        assertThat(second.outcomes()).containsEntry("s", Outcome.DEAD_LETTERED);
        DeadLetter letter = stages.letters.find(ALL).get(1);
        assertThat(letter.reason()).isEqualTo(DeadLetterReason.PARKED_BEHIND);
        assertThat(letter.attempts()).isEmpty();
        assertThat(letter.sequence()).contains(A);
        assertThat(stages.signals.of(Signal.DeadLettered.class)).extracting(Signal.DeadLettered::kept)
                .containsExactly(true, true);
        assertThat(subscriber.metrics().deadLettered()).isEqualTo(2);
    }

    @Test
    @Rule("X-2")
    void nothing_happens_where_the_store_says_that_it_is_not_parked_any_more() {
        Subscriber subscriber = subscribe(SEQUENCED);
        stages.publish("1", "a");
        assertThat(store.remove(stages.letters.find(ALL).get(0).id())).isTrue(); // by another process
        Publication<String> second = stages.event(subscriber, "2", "a");

        assertThat(stages.sink.isParked(A)).isTrue();
        assertThat(stages.follow(second)).isEqualTo(ParkAnswer.NOT_PARKED);

        assertThat(second.isOpen(0)).isTrue();
        assertThat(store.size()).isZero();
        assertThat(stages.signals.of(Signal.DeadLettered.class)).hasSize(1);
        assertThat(stages.sink.isParked(A)).isFalse();
    }

    @Test
    @Rule({"X-2", "X-3"})
    void a_follower_of_a_full_sequence_goes_to_the_last_resort() {
        Subscriber subscriber = parkedSequence(SEQUENCED.letters(2), "1", "2");
        Publication<String> third = stages.event(subscriber, "3", "a");

        assertThat(stages.follow(third)).isEqualTo(ParkAnswer.PARKED);

        assertThat(stages.lost).containsExactly(third.id());
        assertThat(stages.causes).containsOnlyNulls();
        assertThat(third.outcomes()).containsEntry("s", Outcome.DEAD_LETTERED);
        assertThat(parked()).containsExactly("1", "2");
        assertThat(stages.signals.of(Signal.DeadLettered.class).getLast().kept()).isFalse();
    }

    @Test
    @Rule({"X-2", "X-3"})
    void a_head_that_finds_no_room_goes_to_the_last_resort_and_parks_nothing() {
        subscribe(SEQUENCED);
        stages.publish("1", "a");
        stages.publish("2", "b");

        stages.publish("3", "c"); // the third of at most two sequences

        assertThat(stages.lost).hasSize(1);
        assertThat(stages.sink.isParked(new Sequence("s", "c"))).isFalse();
        assertThat(parked()).containsExactly("1", "2");
    }

    @Test
    @Rule({"X-3", "D-7"})
    void a_store_that_throws_costs_each_letter_its_place_once_and_the_bus_lives() {
        Subscriber subscriber = subscribe(SEQUENCED);
        faulty.broken = true;

        stages.publish("1", "a");
        assertThat(stages.sink.isParked(A)).isFalse();
        stages.publish("2", null);
        faulty.broken = false;
        stages.publish("3", "a");
        faulty.broken = true;
        assertThat(follow(subscriber, "4")).isEqualTo(ParkAnswer.PARKED);
        faulty.broken = false;

        assertThat(stages.lost).hasSize(3);
        assertThat(stages.causes).allSatisfy(cause -> assertThat(cause).hasMessage("planted"));
        assertThat(stages.sink.lastResorts()).isEqualTo(3);
        assertThat(parked()).containsExactly("3");
        assertThat(stages.sink.isParked(A)).isTrue();
    }

    @Test
    @Rule({"X-2", "D-1"})
    void a_delivery_that_a_shutdown_has_ended_leaves_no_letter() {
        Subscriber subscriber = parkedSequence(SEQUENCED, "1");
        Publication<String> second = stages.event(subscriber, "2", "a");
        faulty.beforeParkBehind = () -> assertThat(second.settle(0, Outcome.RETURNED)).isTrue();

        assertThat(stages.follow(second)).isEqualTo(ParkAnswer.PARKED);

        assertThat(second.outcomes()).containsEntry("s", Outcome.RETURNED);
        assertThat(parked()).containsExactly("1");
        assertThat(stages.signals.of(Signal.DeadLettered.class)).hasSize(1);
    }

    @Test
    @Rule({"X-2", "X-3"})
    void a_redrive_goes_through_a_sequence_from_its_head_on_and_takes_what_joins_meanwhile() {
        Subscriber subscriber = parkedSequence(SEQUENCED, "1", "2");
        inside = () -> {
            assertThat(stages.sink.isParked(A)).isTrue();
            if (log.size() == 2) {
                assertThat(follow(subscriber, "3")).isEqualTo(ParkAnswer.PARKED);
            }
        };

        assertThat(stages.letters.redrive(ALL)).isEqualTo(new RedriveReport(3, 0, 0));

        assertThat(log).containsExactly("1", "2", "3");
        assertThat(stages.sink.isParked(A)).isFalse();
        assertThat(store.size()).isZero();
    }

    @Test
    @Rule("X-3")
    void the_limit_of_a_query_bounds_what_joins_and_its_conditions_leave_it_out() {
        Subscriber subscriber = parkedSequence(SEQUENCED, "1");
        inside = () -> assertThat(follow(subscriber, "x")).isEqualTo(ParkAnswer.PARKED);

        assertThat(stages.letters.redrive(ALL.limit(2))).isEqualTo(new RedriveReport(2, 0, 0));
        assertThat(log).containsExactly("1", "x");
        assertThat(stages.letters.redrive(ALL.letter(stages.letters.find(ALL).get(0).id())))
                .isEqualTo(new RedriveReport(1, 0, 0));
        assertThat(log).hasSize(3);
        assertThat(parked()).containsExactly("x");
    }

    @Test
    @Rule("X-2")
    void a_head_that_fails_again_stays_and_ends_the_redrive_of_its_sequence_alone() {
        parkedSequence(SEQUENCED, "bad", "2");
        broken = true;
        stages.publish("3", "b");
        broken = false;
        log.clear();

        assertThat(stages.letters.redrive(ALL)).isEqualTo(new RedriveReport(1, 1, 1));

        assertThat(log).containsExactly("bad", "3");
        assertThat(parked()).containsExactly("bad", "2");
        assertThat(stages.letters.find(ALL).get(0).attempts()).hasSize(2);
        assertThat(stages.letters.find(ALL).get(0).sequence()).contains(A);
    }

    @Test
    @Rule("X-2")
    void a_letter_whose_turn_has_not_come_is_skipped() {
        parkedSequence(SEQUENCED, "1", "2", "3");
        DeadLetterQuery middle = ALL.matching(letter -> "2".equals(letter.event().payload()));

        assertThat(stages.letters.redrive(middle)).isEqualTo(new RedriveReport(0, 0, 1));
        assertThat(log).isEmpty();
        assertThat(stages.letters.redrive(ALL.matching(letter -> !"2".equals(letter.event().payload()))))
                .isEqualTo(new RedriveReport(1, 0, 1));
        assertThat(parked()).containsExactly("2", "3");
    }

    @Test
    @Rule("X-2")
    void a_sequence_is_in_one_redrive_at_a_time() {
        parkedSequence(SEQUENCED, "1", "2");
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        inside = () -> {
            running.countDown();
            Threads.await(over, "the other redrive's report");
        };
        FutureTask<RedriveReport> first = Threads.start(() -> stages.letters.redrive(ALL));
        Threads.await(running, "the first redrive's handler");

        assertThat(stages.letters.redrive(ALL)).isEqualTo(new RedriveReport(0, 0, 2));
        assertThat(stages.letters.discard(ALL.limit(1), "known")).isZero();
        over.countDown();

        assertThat(Threads.<RedriveReport>result(first, "the first redrive")).isEqualTo(new RedriveReport(2, 0, 0));
        assertThat(log).containsExactly("1", "2");
    }

    @Test
    @Rule("X-2")
    void a_sequence_belongs_to_its_redrive_between_two_letters_too() {
        parkedSequence(SEQUENCED, "1", "2");
        List<RedriveReport> meanwhile = new ArrayList<>();
        stages.time.onWait(() -> meanwhile.add(stages.letters.redrive(ALL)));

        assertThat(stages.letters.redrive(ALL, 1, Duration.ofHours(1))).isEqualTo(new RedriveReport(2, 0, 0));

        assertThat(meanwhile).containsExactly(new RedriveReport(0, 0, 1));
        assertThat(log).containsExactly("1", "2");
    }

    @Test
    @Rule("X-2")
    void a_letter_that_was_removed_while_it_was_redriven_parks_its_sequence_again_when_it_fails() {
        parkedSequence(SEQUENCED, "bad");
        inside = () -> assertThat(store.remove(stages.letters.find(ALL).get(0).id())).isTrue();

        assertThat(stages.letters.redrive(ALL)).isEqualTo(new RedriveReport(0, 1, 0));

        assertThat(store.head(A)).isPresent();
        assertThat(stages.sink.isParked(A)).isTrue();
    }

    @Test
    @Rule("X-2")
    void a_bus_that_is_built_on_a_store_knows_what_is_parked_in_it() {
        parkedSequence(SEQUENCED, "1");

        SequencedStages next = new SequencedStages(store);

        assertThat(next.sink.isParked(A)).isTrue();
        assertThat(next.sink.parkedSequences()).isOne();
        faulty.broken = true;
        assertThatThrownBy(() -> new SequencedStages(faulty)).hasMessage("planted");
    }

    @Test
    @Rule("X-2")
    void a_store_that_does_not_tell_keeps_its_sequence_parked_until_it_does() {
        Subscriber subscriber = parkedSequence(SEQUENCED, "1");
        faulty.silent = true;

        assertThat(stages.letters.redrive(ALL)).isEqualTo(new RedriveReport(1, 0, 0));
        assertThat(stages.sink.isParked(A)).isTrue();

        faulty.silent = false;
        assertThat(follow(subscriber, "2")).isEqualTo(ParkAnswer.NOT_PARKED);
        assertThat(stages.sink.isParked(A)).isFalse();
    }

    @Test
    @Rule("X-2")
    void what_is_parked_while_the_last_letter_is_removed_stays_parked_in_memory() {
        Subscriber subscriber = parkedSequence(SEQUENCED, "1");
        faulty.afterIsParked = () -> { // the answer was no; now another head comes, before it is taken down
            broken = true;
            stages.publish("2", "a");
        };

        assertThat(stages.letters.discard(ALL, "known")).isOne();

        assertThat(stages.sink.isParked(A)).isTrue();
        assertThat(follow(subscriber, "3")).isEqualTo(ParkAnswer.PARKED);
        assertThat(parked()).containsExactly("2", "3");
    }

    @Test
    @Rule("X-2")
    void a_sequence_is_taken_for_parked_before_the_store_is_asked_to_park_it() {
        subscribe(SEQUENCED);
        List<Boolean> seen = new ArrayList<>();
        faulty.beforePark = () -> seen.add(stages.sink.isParked(A));

        stages.publish("1", "a");

        assertThat(seen).containsExactly(true);
        assertThat(store.park(stages.letters.find(ALL).get(0), A, 1)).isEqualTo(Parking.SEQUENCE_FULL);
    }
}
