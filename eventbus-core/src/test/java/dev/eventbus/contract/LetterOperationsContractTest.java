/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.EventBus;
import dev.eventbus.EventBusBuilder;
import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.deadletter.DeadLetterStore;
import dev.eventbus.deadletter.LetterGroup;
import dev.eventbus.deadletter.RedriveReport;
import dev.eventbus.deadletter.SequencePolicy;
import dev.eventbus.error.ConfigurationException;
import dev.eventbus.fixture.HookedRuntime;
import dev.eventbus.fixture.Threads;
import dev.eventbus.observe.BusMetrics;
import dev.eventbus.observe.BusObserver;
import dev.eventbus.observe.Signal;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.subscribe.Dispatch;
import dev.eventbus.subscribe.Subscription;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What can be done with letters: edit, discard, redrive slowly, let expire, and see. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class LetterOperationsContractTest {
    private static final DeadLetterQuery ALL = DeadLetterQuery.all();
    private static final Duration HOUR = Duration.ofHours(1);

    private final ManualTime time = new ManualTime();
    private final RecordedSignals signals = new RecordedSignals();
    private final List<Object> log = new ArrayList<>();
    private boolean broken = true;

    private EventBusBuilder builder() {
        return EventBus.builder("b").dispatch(Dispatch.synchronous()).clocks(time).runtime(time).observe(signals)
                .retry(RetryPolicy.never());
    }

    private Subscription subscribe(EventBus bus, String name) {
        return bus.subscribe(name, spec -> spec.on(String.class, this::handle).on(Integer.class, this::handle));
    }

    private void handle(Object payload) throws IOException {
        log.add(payload);
        if (broken) {
            throw new IOException("planted");
        }
    }

    private static UUID first(EventBus bus) {
        return bus.deadLetters().find(ALL).get(0).id();
    }

    /* ---------------- edit ---------------- */

    @Test
    @Rule("X-3")
    void an_edited_letter_is_redriven_with_its_new_payload_and_keeps_the_old_one_as_a_record() {
        EventBus bus = builder().build();
        subscribe(bus, "s");
        bus.publish("wrong");
        DeadLetter before = bus.deadLetters().find(ALL).get(0);
        time.jumpWall(5_000);

        assertThat(bus.deadLetters().edit(before.id(), 7, "a number, ticket 12")).isTrue();

        DeadLetter after = bus.deadLetters().find(ALL).get(0);
        assertThat(after.event().payload()).isEqualTo(7);
        assertThat(after.event().id()).isEqualTo(before.event().id());
        assertThat(after.event().metadata().type()).isEqualTo("java.lang.Integer");
        assertThat(after.event().metadata().correlationId()).isEqualTo(before.event().metadata().correlationId());
        assertThat(after.event()).hasToString("Event[id=" + before.event().id() + ", type=java.lang.Integer]");
        assertThat(after.attempts()).isEqualTo(before.attempts());
        assertThat(after.edits()).singleElement().satisfies(edit -> {
            assertThat(edit.original()).isEqualTo("wrong");
            assertThat(edit.reason()).isEqualTo("a number, ticket 12");
            assertThat(edit.at()).isEqualTo(before.at().plusMillis(5_000));
            assertThat(edit.toString()).doesNotContain("wrong");
        });
        assertThat(signals.of(Signal.LetterEdited.class)).singleElement().satisfies(signal -> {
            assertThat(signal.letter()).isEqualTo(after);
            assertThat(signal.reason()).isEqualTo("a number, ticket 12");
        });

        assertThat(bus.deadLetters().redrive(ALL)).isEqualTo(new RedriveReport(0, 1, 0));
        assertThat(bus.deadLetters().find(ALL).get(0).edits()).isEqualTo(after.edits());
        broken = false;
        assertThat(bus.deadLetters().redrive(ALL)).isEqualTo(new RedriveReport(1, 0, 0));
        assertThat(log).containsExactly("wrong", 7, 7);
    }

    @Test
    @Rule({"X-3", "P-4"})
    void an_edit_that_could_not_be_redriven_is_refused_and_changes_nothing() {
        EventBus bus = builder().validate(Integer.class, v -> v.require("", v.payload() > 0, "must be positive"))
                .build();
        Subscription subscription = subscribe(bus, "s");
        bus.publish("wrong");
        List<DeadLetter> before = bus.deadLetters().find(ALL);
        UUID id = first(bus);

        assertThatThrownBy(() -> bus.deadLetters().edit(id, 1.5, "why")).isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "Dead letter " + id + " was not edited: no open subscription 's' handles a java.lang.Double; "
                                + "subscribe first, or choose a class that it handles");
        assertThatThrownBy(() -> bus.deadLetters().edit(id, -1, "why")).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("the payload is not valid").hasMessageContaining("must be positive")
                .hasCauseInstanceOf(dev.eventbus.publish.InvalidEventException.class);
        assertThatThrownBy(() -> bus.deadLetters().edit(id, 1, " ")).isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> bus.deadLetters().edit(id, null, "why")).isInstanceOf(ConfigurationException.class);
        assertThat(bus.deadLetters().edit(new UUID(0, 0), 1, "why")).isFalse();
        subscription.close();
        assertThatThrownBy(() -> bus.deadLetters().edit(id, 1, "why")).isInstanceOf(ConfigurationException.class);

        assertThat(bus.deadLetters().find(ALL)).isEqualTo(before);
        assertThat(signals.of(Signal.LetterEdited.class)).isEmpty();
    }

    @Test
    @Rule({"X-3", "M-1"})
    void a_letter_takes_a_hundred_edits() {
        EventBus bus = builder().build();
        subscribe(bus, "s");
        bus.publish("wrong");
        UUID id = first(bus);
        for (int edit = 0; edit < 100; edit++) {
            assertThat(bus.deadLetters().edit(id, edit, "again")).isTrue();
        }

        assertThatThrownBy(() -> bus.deadLetters().edit(id, 1, "again")).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("edited too often (edits=100, most=100)");
    }

    @Test
    @Rule("X-3")
    void an_edited_letter_keeps_its_place_in_its_sequence() {
        SequencedStages stages = new SequencedStages(DeadLetterStore.inMemory(5));
        var subscriber = stages.subscribe("s", SequencePolicy.sequenced(), text -> {
            log.add(text);
            if (broken) {
                throw new IOException("planted");
            }
        });
        stages.publish("1", "a");
        stages.follow(stages.event(subscriber, "2", "a"));

        assertThat(stages.letters.edit(stages.letters.find(ALL).get(0).id(), "one", "why")).isTrue();
        broken = false;
        stages.letters.redrive(ALL);

        assertThat(log).containsExactly("1", "one", "2");
    }

    /* ---------------- discard, see ---------------- */

    @Test
    @Rule("X-3")
    void a_discarded_letter_is_told_with_its_reason_and_counted() {
        EventBus bus = builder().build();
        subscribe(bus, "s");
        bus.publish("1");
        DeadLetter letter = bus.deadLetters().find(ALL).get(0);

        assertThatThrownBy(() -> bus.deadLetters().discard(ALL, "")).isInstanceOf(ConfigurationException.class);
        assertThat(bus.deadLetters().discard(ALL, "known, ticket 12")).isOne();
        assertThat(bus.deadLetters().discard(ALL, "nothing left")).isZero();

        assertThat(signals.of(Signal.LetterDiscarded.class))
                .containsExactly(new Signal.LetterDiscarded(letter, "known, ticket 12"));
        BusMetrics metrics = bus.inspect().metrics();
        assertThat(metrics.discardedLetters()).isOne();
        assertThat(metrics.expiredLetters()).isZero();
        assertThat(metrics.parkedSequences()).isZero();
    }

    @Test
    @Rule("X-3")
    void a_summary_groups_letters_by_what_failed_in_whom_the_largest_group_first() {
        EventBus bus = builder().build();
        subscribe(bus, "one");
        bus.publish("1");
        time.jumpWall(1_000);
        subscribe(bus, "two");
        bus.publish("2");
        time.jumpWall(-3_000);
        bus.publish("3");
        List<DeadLetter> letters = bus.deadLetters().find(ALL);

        List<LetterGroup> groups = bus.deadLetters().summary();

        String fingerprint = letters.get(0).attempts().get(0).fingerprint();
        assertThat(groups).containsExactly(
                new LetterGroup("one", "java.io.IOException", fingerprint, 3, letters.get(3).at(), letters.get(1).at(),
                        letters.get(0).id()),
                new LetterGroup("two", "java.io.IOException", fingerprint, 2, letters.get(4).at(), letters.get(2).at(),
                        letters.get(2).id()));
        assertThat(bus.deadLetters().find(ALL.fingerprint(fingerprint))).hasSize(5);
    }

    @Test
    @Rule("X-3")
    void an_observer_can_be_of_dead_letters_alone() {
        List<DeadLetter> told = new ArrayList<>();
        EventBus bus = builder().observe(BusObserver.ofDeadLetters(told::add)).build();
        subscribe(bus, "s");

        bus.publish("1");

        assertThat(told).isEqualTo(bus.deadLetters().find(ALL));
        assertThatThrownBy(() -> BusObserver.ofDeadLetters(null)).isInstanceOf(ConfigurationException.class);
    }

    /* ---------------- rate ---------------- */

    @Test
    @Rule("X-3")
    void a_redrive_at_a_rate_spreads_its_letters_evenly_and_does_not_wait_before_the_first_or_after_the_last() {
        EventBus bus = builder().build();
        subscribe(bus, "s");
        List.of("1", "2", "3", "4").forEach(bus::publish);
        broken = false;

        assertThat(bus.deadLetters().redrive(ALL, 3, Duration.ofNanos(100))).isEqualTo(new RedriveReport(4, 0, 0));

        assertThat(time.waits()).containsExactly(34L, 34L, 34L); // rounded up, so never faster
        assertThatThrownBy(() -> bus.deadLetters().redrive(ALL, 0, HOUR)).hasMessage("letters must be >= 1, was 0");
        assertThatThrownBy(() -> bus.deadLetters().redrive(ALL, 1, Duration.ZERO))
                .hasMessage("per must be > PT0S, was PT0S");
    }

    @Test
    @Rule("X-3")
    void an_interrupt_while_it_waits_for_its_rate_ends_a_redrive_and_stays_set() {
        EventBus bus = builder().build();
        subscribe(bus, "s");
        List.of("1", "2", "3").forEach(bus::publish);
        broken = false;
        time.onWait(() -> Thread.currentThread().interrupt());

        RedriveReport report = bus.deadLetters().redrive(ALL, 1, HOUR);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(report).isEqualTo(new RedriveReport(1, 0, 2));
        assertThat(bus.deadLetters().size()).isEqualTo(2);
    }

    @Test
    @Rule({"X-3", "S-1"})
    void a_shutdown_ends_a_redrive_that_waits_for_its_rate() {
        EventBus bus = builder().build();
        subscribe(bus, "s");
        List.of("1", "2", "3").forEach(bus::publish);
        broken = false;
        time.onWait(() -> bus.shutdown(Duration.ZERO));

        assertThat(bus.deadLetters().redrive(ALL, 1, HOUR)).isEqualTo(new RedriveReport(1, 0, 2));
    }

    @Test
    @Rule({"X-3", "S-1"})
    void a_shutdown_wakes_a_redrive_that_waits_for_its_rate() {
        HookedRuntime runtime = new HookedRuntime();
        CountDownLatch waits = new CountDownLatch(1);
        EventBus bus = builder().clocks(runtime).runtime(runtime).build();
        subscribe(bus, "s");
        List.of("1", "2", "3").forEach(bus::publish);
        broken = false;
        runtime.atPark(name -> waits.countDown());
        FutureTask<RedriveReport> redrive = Threads.start(() -> bus.deadLetters().redrive(ALL, 1, HOUR));
        Threads.await(waits, "the redrive's wait for its second letter");

        bus.shutdown(Duration.ZERO);

        assertThat(Threads.<RedriveReport>result(redrive, "the redrive")).isEqualTo(new RedriveReport(1, 0, 2));
        assertThat(bus.deadLetters().size()).isEqualTo(2);
    }

    /* ---------------- retention ---------------- */

    @Test
    @Rule({"X-3", "T-1"})
    void letters_expire_when_they_are_old_enough_whatever_the_wall_clock_does() {
        EventBus bus = builder().deadLetterRetention(HOUR).build();
        subscribe(bus, "s");
        bus.publish("1");
        DeadLetter letter = bus.deadLetters().find(ALL).get(0);
        time.jumpWall(Duration.ofDays(400).toMillis());
        long begin = time.monotonicNanos();

        assertThat(time.started()).containsExactly("eventbus-b-timers");
        time.runStarted();

        assertThat(time.monotonicNanos() - begin).isEqualTo(HOUR.toNanos());
        assertThat(bus.deadLetters().size()).isZero();
        assertThat(signals.of(Signal.LetterExpired.class)).containsExactly(new Signal.LetterExpired(letter));
        assertThat(bus.inspect().metrics().expiredLetters()).isOne();
        assertThatThrownBy(() -> builder().deadLetterRetention(Duration.ZERO))
                .hasMessage("deadLetterRetention must be > PT0S, was PT0S");
    }

    @Test
    @Rule("X-3")
    void letters_that_are_there_already_count_from_the_start_of_the_bus() {
        DeadLetterStore store = DeadLetterStore.inMemory(5);
        subscribe(builder().deadLetters(store).build(), "s");
        EventBus before = builder().deadLetters(store).build();
        subscribe(before, "s");
        before.publish("1");
        long begin = time.monotonicNanos();

        EventBus bus = builder().deadLetters(store).deadLetterRetention(HOUR).build();
        time.runStarted();

        assertThat(store.size()).isZero();
        assertThat(time.monotonicNanos() - begin).isEqualTo(HOUR.toNanos());
        assertThat(bus.inspect().metrics().expiredLetters()).isOne();
    }

    @Test
    @Rule("X-3")
    void a_letter_that_is_gone_before_leaves_no_timer_and_a_failed_redrive_begins_its_time_anew() {
        EventBus bus = builder().deadLetterRetention(HOUR).build();
        subscribe(bus, "s");
        bus.publish("1");
        bus.publish("2");
        assertThat(bus.deadLetters().discard(ALL.limit(1), "known")).isOne();
        time.parkUntil(HOUR.toNanos() / 2);
        long again = time.monotonicNanos();
        assertThat(bus.deadLetters().redrive(ALL).failed()).isOne();

        time.runStarted();

        assertThat(time.monotonicNanos() - again).isEqualTo(HOUR.toNanos());
        assertThat(bus.deadLetters().size()).isZero();
        assertThat(signals.of(Signal.LetterExpired.class)).hasSize(1);
        bus.publish("3");
        assertThat(bus.deadLetters().discard(ALL, "known")).isOne();
        long now = time.monotonicNanos();
        time.runStarted();
        assertThat(time.monotonicNanos()).isEqualTo(now); // nothing was waited for
    }

    @Test
    @Rule({"X-2", "X-3"})
    void followers_expire_after_their_head_and_never_before_it() {
        SequencedStages stages = new SequencedStages(DeadLetterStore.inMemory(5));
        var subscriber = stages.subscribe("s", SequencePolicy.sequenced(), text -> {
            throw new IOException("planted");
        });
        stages.publish("1", "a");
        stages.follow(stages.event(subscriber, "2", "a"));
        stages.time.parkUntil(HOUR.toNanos() / 2);
        stages.letters.redrive(ALL); // the head is the youngest now

        List<Integer> left = new ArrayList<>();
        stages.time.onWait(() -> left.add(stages.letters.size()));
        stages.time.runStarted();

        assertThat(left).containsOnly(2);
        assertThat(stages.letters.size()).isZero();
        assertThat(stages.signals.of(Signal.LetterExpired.class)).<Object>extracting(s -> s.letter().event().payload())
                .containsExactly("1", "2");
        assertThat(stages.sink.parkedSequences()).isZero();
    }

    @Test
    @Rule("X-3")
    void a_letter_that_is_due_in_other_hands_expires_when_they_let_go() {
        EventBus bus = builder().deadLetterRetention(HOUR).build();
        bus.subscribe(String.class, "s", text -> {
            if (!broken) {
                time.runStarted(); // the hour passes while it is redriven
                log.add(bus.deadLetters().size());
                throw new StackOverflowError();
            }
            throw new IOException("planted");
        });
        bus.publish("1");
        broken = false;
        time.onWait(() -> log.add("waited"));

        bus.subscribe(Integer.class, "closed", n -> {}).close();
        assertThat(bus.deadLetters().redrive(ALL).failed()).isOne();

        assertThat(log).containsExactly("waited", 1);
        time.runStarted();
        assertThat(bus.deadLetters().size()).isZero(); // an hour after the failed redrive
    }

    @Test
    @Rule({"X-3", "S-1"})
    void nothing_expires_after_the_shutdown_has_begun() {
        EventBus bus = builder().deadLetterRetention(HOUR).build();
        subscribe(bus, "s");
        bus.publish("1");

        bus.shutdown(Duration.ZERO);
        long now = time.monotonicNanos();
        time.runStarted();

        assertThat(time.monotonicNanos()).isEqualTo(now);
        assertThat(bus.deadLetters().size()).isOne();
    }

    @Test
    @Rule({"X-3", "D-7"})
    void a_store_that_throws_when_a_letter_is_due_is_asked_again_after_as_long() {
        FaultyStore store = new FaultyStore(DeadLetterStore.inMemory(5));
        EventBus bus = builder().deadLetters(store).deadLetterRetention(HOUR).build();
        subscribe(bus, "s");
        bus.publish("1");
        long begin = time.monotonicNanos();
        int[] waits = new int[1];
        time.onWait(() -> store.broken = waits[0]++ == 0);

        time.runStarted();

        assertThat(time.monotonicNanos() - begin).isEqualTo(2 * HOUR.toNanos());
        assertThat(bus.deadLetters().size()).isZero();
    }
}
