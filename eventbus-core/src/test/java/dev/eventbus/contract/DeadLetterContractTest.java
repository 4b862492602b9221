/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.EventBus;
import dev.eventbus.EventBusBuilder;
import dev.eventbus.contract.Events.Created;
import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.deadletter.DeadLetterReason;
import dev.eventbus.deadletter.DeadLetterStore;
import dev.eventbus.deadletter.Parking;
import dev.eventbus.deadletter.RedriveReport;
import dev.eventbus.deadletter.Sequence;
import dev.eventbus.observe.Signal;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.Outcome;
import dev.eventbus.publish.Receipt;
import dev.eventbus.subscribe.Dispatch;
import dev.eventbus.subscribe.Subscription;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class DeadLetterContractTest {
    private final ManualTime time = new ManualTime();
    private final RecordedSignals signals = new RecordedSignals();
    private final List<String> log = new ArrayList<>();
    private boolean broken = true;

    private EventBusBuilder builder() {
        return EventBus.builder("b").dispatch(Dispatch.synchronous()).clocks(time).runtime(time).observe(signals)
                .retry(RetryPolicy.fixed(Duration.ofMillis(10)).maxAttempts(2));
    }

    private Subscription fragile(EventBus bus, String name) {
        return bus.subscribe(Object.class, name, payload -> {
            log.add(name + " " + payload);
            if (broken) {
                throw new IOException("no\nway");
            }
        });
    }

    @Test
    @Rule("X-1")
    void a_letter_holds_envelope_subscription_reason_and_every_attempt() {
        EventBus bus = builder().build();
        fragile(bus, "s");
        Instant begin = Instant.ofEpochMilli(time.wallMillis());

        Receipt receipt = bus.publish(new Created("INV-1"));

        DeadLetter letter = bus.deadLetters().find(DeadLetterQuery.all()).get(0);
        assertThat(letter.event().id()).isEqualTo(receipt.eventId());
        assertThat(letter.event().payload()).isEqualTo(new Created("INV-1"));
        assertThat(letter.subscription()).isEqualTo("s");
        assertThat(letter.reason()).isEqualTo(DeadLetterReason.ATTEMPTS_EXHAUSTED);
        assertThat(letter.attempts()).hasSize(2).allSatisfy(attempt -> {
            assertThat(attempt.failureClass()).isEqualTo("java.io.IOException");
            assertThat(attempt.message()).isEqualTo("no\\u000away");
            assertThat(attempt.fingerprint()).hasSize(16).isEqualTo(letter.attempts().get(0).fingerprint());
            assertThat(attempt.duration()).isEqualTo(Duration.ZERO); // an observer is there, so attempts are timed
        });
        assertThat(letter.attempts().get(1).at()).isEqualTo(begin.plusMillis(10));
        assertThat(letter.at()).isEqualTo(begin.plusMillis(10));
        assertThat(letter).hasToString("DeadLetter[id=" + letter.id() + ", event=" + receipt.eventId()
                + ", type=InvoiceCreated, subscription=s, reason=ATTEMPTS_EXHAUSTED, attempts=2, at=" + letter.at()
                + "]");
    }

    @Test
    @Rule("X-1")
    void attempts_are_not_timed_when_nobody_observes() {
        EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).clocks(time).runtime(time)
                .retry(RetryPolicy.never()).build();
        fragile(bus, "s");

        bus.publish("x");

        assertThat(bus.deadLetters().find(DeadLetterQuery.all()).get(0).attempts().get(0).duration()).isNull();
    }

    @Test
    @Rule("X-3")
    void letters_are_found_by_each_property_and_by_predicate_oldest_first() {
        EventBus bus = builder().build();
        fragile(bus, "one");
        fragile(bus, "two");
        Receipt first = bus.publish(new Created("INV-1"));
        bus.publish("text");
        DeadLetterQuery all = DeadLetterQuery.all();

        assertThat(bus.deadLetters().size()).isEqualTo(4);
        List<DeadLetter> letters = bus.deadLetters().find(all);
        assertThat(letters).extracting(DeadLetter::subscription).containsExactly("one", "two", "one", "two");
        assertThat(bus.deadLetters().find(all.subscription("two"))).hasSize(2);
        assertThat(bus.deadLetters().find(all.event(first.eventId()))).hasSize(2);
        assertThat(bus.deadLetters().find(all.type("InvoiceCreated").subscription("one"))).hasSize(1);
        assertThat(bus.deadLetters().find(all.letter(letters.get(2).id()))).containsExactly(letters.get(2));
        assertThat(bus.deadLetters().find(all.reason(DeadLetterReason.NOT_RETRYABLE))).isEmpty();
        assertThat(bus.deadLetters().find(all.matching(l -> l.event().payload() instanceof String).limit(1)))
                .containsExactly(letters.get(2));
    }

    @Test
    @Rule("X-3")
    void a_redrive_delivers_to_the_letters_subscription_alone_with_the_same_metadata() {
        EventBus bus = builder().build();
        fragile(bus, "one");
        bus.subscribe("other", s -> s.onEvent(Object.class, d -> log.add("other")));
        Receipt receipt = bus.publish(new Created("INV-1"));
        DeadLetter letter = bus.deadLetters().find(DeadLetterQuery.all()).get(0);
        List<Object> seen = new ArrayList<>();
        bus.subscribe("follows", s -> s.onEvent(String.class, d -> seen.add(d.event().metadata())));
        broken = false;
        log.clear();

        assertThat(bus.deadLetters().redrive(DeadLetterQuery.all())).isEqualTo(new RedriveReport(1, 0, 0));

        assertThat(log).containsExactly("one Created[id=INV-1]");
        assertThat(bus.deadLetters().size()).isZero();
        assertThat(receipt.outcomes()).containsEntry("one", Outcome.DEAD_LETTERED); // the first round
        Signal.Handled handled = signals.of(Signal.Handled.class).getLast();
        assertThat(handled.event().metadata()).isEqualTo(letter.event().metadata());
        assertThat(handled.attempt()).isEqualTo(3);
    }

    @Test
    @Rule("X-3")
    void a_redrive_that_fails_keeps_the_letter_with_the_attempts_of_both_rounds() {
        EventBus bus = builder().build();
        fragile(bus, "s");
        bus.publish("x");
        UUID id = bus.deadLetters().find(DeadLetterQuery.all()).get(0).id();

        assertThat(bus.deadLetters().redrive(DeadLetterQuery.all())).isEqualTo(new RedriveReport(0, 1, 0));

        DeadLetter letter = bus.deadLetters().find(DeadLetterQuery.all()).get(0);
        assertThat(letter.id()).isEqualTo(id);
        assertThat(letter.attempts()).extracting(a -> a.number()).containsExactly(1, 2, 3, 4);
        assertThat(signals.of(Signal.DeadLettered.class)).hasSize(2);
    }

    @Test
    @Rule("X-3")
    void letters_without_an_open_subscription_are_skipped_and_stay() {
        EventBus bus = builder().build();
        Subscription subscription = fragile(bus, "s");
        bus.publish("x");
        subscription.close();

        assertThat(bus.deadLetters().redrive(DeadLetterQuery.all())).isEqualTo(new RedriveReport(0, 0, 1));

        assertThat(bus.deadLetters().size()).isOne();
    }

    @Test
    @Rule({"X-3", "O-4"})
    void a_redrive_inside_a_handler_runs_there_and_what_it_publishes_comes_after_the_current_event() {
        EventBus bus = builder().build();
        bus.subscribe("s", s -> s.onEvent(String.class, d -> {
            log.add("s " + d.payload() + " in " + bus.currentDelivery().orElseThrow().subscription());
            if (broken) {
                throw new IOException("no");
            }
            bus.publish(2);
        }));
        bus.publish("x");
        broken = false;
        log.clear();
        bus.subscribe(Integer.class, "redrives", n -> {
            log.add("redrives " + n);
            if (n == 1) {
                assertThat(bus.deadLetters().redrive(DeadLetterQuery.all()).handled()).isOne();
                log.add("again in " + bus.currentDelivery().orElseThrow().subscription());
            }
        });

        bus.publish(1);

        assertThat(log).containsExactly("redrives 1", "s x in s", "again in redrives", "redrives 2");
    }

    @Test
    @Rule("X-3")
    void a_letter_in_the_hands_of_one_redrive_is_left_alone_by_another_and_by_discard() {
        EventBus bus = builder().build();
        List<Object> inside = new ArrayList<>();
        bus.subscribe(String.class, "s", text -> {
            if (broken) {
                throw new IOException("no");
            }
            inside.add(bus.deadLetters().redrive(DeadLetterQuery.all()));
            inside.add(bus.deadLetters().discard(DeadLetterQuery.all(), "known"));
        });
        bus.publish("x");
        broken = false;

        bus.deadLetters().redrive(DeadLetterQuery.all());

        assertThat(inside).containsExactly(new RedriveReport(0, 0, 1), 0);
        assertThat(bus.deadLetters().size()).isZero();
    }

    @Test
    @Rule("X-3")
    void discard_forgets_the_letters_that_are_meant() {
        EventBus bus = builder().build();
        fragile(bus, "one");
        fragile(bus, "two");
        bus.publish("x");

        assertThat(bus.deadLetters().discard(DeadLetterQuery.all().subscription("one"), "known")).isOne();

        assertThat(bus.deadLetters().find(DeadLetterQuery.all())).extracting(DeadLetter::subscription)
                .containsExactly("two");
    }

    @Test
    @Rule({"X-3", "M-1"})
    void a_letter_that_a_full_store_refuses_goes_to_the_last_resort_once_with_a_signal() {
        List<UUID> lost = new ArrayList<>();
        EventBus bus = builder().deadLetters(DeadLetterStore.inMemory(1)).lastResort((letter, cause) -> {
            assertThat(cause).isNull();
            lost.add(letter.event().id());
        }).build();
        fragile(bus, "s");
        bus.publish("kept");

        Receipt second = bus.publish("lost");

        assertThat(lost).containsExactly(second.eventId());
        assertThat(second.outcomes()).containsEntry("s", Outcome.DEAD_LETTERED);
        assertThat(bus.inspect().metrics().lastResorts()).isOne();
        assertThat(bus.inspect().metrics().deadLetters()).isOne();
        assertThat(signals.of(Signal.DeadLettered.class)).extracting(Signal.DeadLettered::kept).containsExactly(true,
                false);
    }

    @Test
    @Rule({"X-3", "D-7"})
    void a_store_and_a_last_resort_that_throw_leave_one_line_and_a_living_bus() {
        try (CapturedLog captured = CapturedLog.of("dev.eventbus")) {
            EventBus bus = builder().deadLetters(new ThrowingStore()).lastResort((letter, cause) -> {
                assertThat(cause).isInstanceOf(IllegalStateException.class);
                throw new StackOverflowError();
            }).build();
            fragile(bus, "s");

            assertThat(bus.publish("x").outcomes()).containsEntry("s", Outcome.DEAD_LETTERED);
            broken = false;
            assertThat(bus.publish("y").outcomes()).containsEntry("s", Outcome.HANDLED);

            assertThat(captured.lines()).hasSize(2);
            assertThat(captured.lines().get(0)).contains("the last-resort sink threw java.lang.StackOverflowError");
            assertThat(captured.lines().get(1)).startsWith("ERROR bus 'b': lost DeadLetter[")
                    .endsWith("the dead letter store threw java.lang.IllegalStateException: store");
        }
    }

    /** Keeps nothing. */
    private static final class ThrowingStore implements DeadLetterStore {
        @Override
        public boolean add(DeadLetter letter) {
            throw new IllegalStateException("store");
        }

        @Override
        public List<DeadLetter> find(DeadLetterQuery query) {
            return List.of();
        }

        @Override
        public Optional<DeadLetter> get(UUID id) {
            return Optional.empty();
        }

        @Override
        public boolean replace(DeadLetter letter) {
            throw new IllegalStateException("store");
        }

        @Override
        public boolean remove(UUID id) {
            return false;
        }

        @Override
        public int size() {
            return 0;
        }

        @Override
        public Parking park(DeadLetter letter, Sequence sequence, int most) {
            throw new IllegalStateException("store");
        }

        @Override
        public Parking parkBehind(DeadLetter letter, Sequence sequence, int most) {
            throw new IllegalStateException("store");
        }

        @Override
        public Optional<DeadLetter> head(Sequence sequence) {
            return Optional.empty();
        }

        @Override
        public boolean isParked(Sequence sequence) {
            return false;
        }

        @Override
        public Set<Sequence> sequences() {
            return Set.of();
        }

        @Override
        public int capacity() {
            return 1;
        }
    }
}
