/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.breaker.CircuitBreakerPolicy;
import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.deadletter.DeadLetterReason;
import dev.eventbus.deadletter.RedriveReport;
import dev.eventbus.deadletter.SequencePolicy;
import dev.eventbus.deadletter.WhenFull;
import dev.eventbus.error.ConfigurationException;
import dev.eventbus.observe.Signal;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.Outcome;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.subscribe.Dispatch;
import dev.eventbus.subscribe.Ordering;
import dev.eventbus.subscribe.Overflow;
import dev.eventbus.subscribe.Subscription;
import dev.eventbus.subscribe.SubscriptionSpec;
import dev.eventbus.testkit.TestEventBus;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dead letters that keep the order of their key, in a running bus. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class SequencedSubscriptionTest {
    private static final DeadLetterQuery ALL = DeadLetterQuery.all();
    private static final Duration AGE = Duration.ofHours(1);

    private record Order(String key, String text) {}

    private final Set<String> bad = new HashSet<>(Set.of("bad"));
    private final List<String> handled = new ArrayList<>();
    private Consumer<Order> inside = order -> {};
    private final TestEventBus bus = TestEventBus.builder().configure(b -> b.deadLetterRetention(AGE)).build();

    @AfterEach
    void close() {
        bus.recorded().expectFailuresOf("s");
        bus.close();
    }

    private void handle(Order order) throws IOException {
        inside.accept(order);
        if (bad.contains(order.text())) {
            throw new IOException("planted");
        }
        handled.add(order.text());
    }

    @SuppressWarnings("ReturnValueIgnored") // a specification is changed in place
    private Subscription subscribe(String where, UnaryOperator<SubscriptionSpec> more) {
        return bus.subscribe("s", s -> more.apply(order(where, s.on(Order.class, this::handle)
                .retry(RetryPolicy.never()))));
    }

    private static SubscriptionSpec order(String where, SubscriptionSpec spec) {
        return switch (where) {
            case "keyed" -> spec.ordering(Ordering.byKey(Order.class, Order::key));
            case "serial" -> spec.ordering(Ordering.serial()).sequenced(SequencePolicy.sequenced());
            default -> spec.dispatch(Dispatch.synchronous()).sequenced(SequencePolicy.sequenced());
        };
    }

    private Subscription subscribe(String where) {
        return subscribe(where, s -> s);
    }

    private void publish(String key, String... texts) {
        for (String text : texts) {
            bus.publish(new Order(key, text),
                    key == null ? PublishOptions.options() : PublishOptions.options().key(key));
        }
        bus.runUntilIdle();
    }

    private List<String> letters(DeadLetterQuery query) {
        return bus.eventBus().deadLetters().find(query).stream().map(SequencedSubscriptionTest::text).toList();
    }

    private static String text(DeadLetter letter) {
        return ((Order) letter.event().payload()).text();
    }

    private UUID id(String text) {
        return bus.eventBus().deadLetters().find(ALL.matching(letter -> text(letter).equals(text))).getFirst().id();
    }

    private RedriveReport redrive(DeadLetterQuery query) {
        return bus.eventBus().deadLetters().redrive(query);
    }

    private int parked() {
        return bus.eventBus().inspect().metrics().parkedSequences();
    }

    /* ---------------- parking ---------------- */

    @ParameterizedTest
    @ValueSource(strings = {"keyed", "caller"})
    void what_is_given_up_parks_its_key_and_the_others_go_on(String where) {
        subscribe(where);

        publish("a", "1", "bad", "2", "3");
        publish("b", "4", "5");

        assertThat(handled).containsExactly("1", "4", "5");
        assertThat(letters(ALL.sequence("s", "a"))).containsExactly("bad", "2", "3");
        assertThat(bus.recorded().deadLetters()).extracting(DeadLetter::reason).containsExactly(
                DeadLetterReason.ATTEMPTS_EXHAUSTED, DeadLetterReason.PARKED_BEHIND, DeadLetterReason.PARKED_BEHIND);
        assertThat(bus.recorded().deadLetters()).extracting(letter -> letter.attempts().size()).containsExactly(1, 0,
                0);
        assertThat(parked()).isEqualTo(1);
    }

    @Test
    void a_serial_subscription_is_one_sequence_whatever_the_keys() {
        subscribe("serial");

        publish("a", "1", "bad");
        publish("b", "2");

        assertThat(handled).containsExactly("1");
        assertThat(letters(ALL.sequence("s"))).containsExactly("bad", "2");
    }

    @Test
    void by_key_events_without_a_key_are_a_sequence_of_their_own() {
        subscribe("keyed");

        publish(null, "bad", "1");
        publish("a", "2");
        assertThat(handled).containsExactly("2");
        assertThat(letters(ALL.sequence("s"))).containsExactly("bad", "1");

        bad.clear();
        assertThat(redrive(ALL)).isEqualTo(new RedriveReport(2, 0, 0));
        assertThat(handled).containsExactly("2", "bad", "1");
    }

    @Test
    void in_the_callers_thread_an_event_without_a_key_stands_for_itself() {
        subscribe("caller");

        publish(null, "bad", "1");

        assertThat(handled).containsExactly("1");
        assertThat(parked()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"keyed", "serial", "caller"})
    void without_sequences_nothing_is_parked(String where) {
        subscribe(where, s -> s.sequenced(SequencePolicy.none()));

        publish("a", "bad", "1");

        assertThat(handled).containsExactly("1");
        assertThat(letters(ALL)).containsExactly("bad");
        assertThat(parked()).isZero();
    }

    @Test
    void a_letter_of_a_filter_that_threw_is_in_no_sequence() {
        subscribe("keyed", s -> s.filter(Order.class, event -> {
            if (event.payload().text().equals("unknown")) {
                throw new IllegalStateException("planted");
            }
            return true;
        }));

        publish("a", "unknown", "1");
        publish("a", "bad", "2", "unknown", "3");

        assertThat(handled).containsExactly("1");
        assertThat(letters(ALL.sequence("s", "a"))).containsExactly("bad", "2", "3");
        assertThat(letters(ALL.reason(DeadLetterReason.FILTER_FAILED))).containsExactly("unknown", "unknown");
    }

    @Test
    void a_key_that_fills_its_share_while_it_backs_off_is_parked_and_what_follows_is_behind_it() {
        subscribe("keyed", s -> s.retry(RetryPolicy.fixed(Duration.ofHours(1)).maxAttempts(9)).buffer(8).keyShare(0.5));

        publish("a", "bad", "1", "2", "3");
        assertThat(letters(ALL)).isEmpty();
        publish("a", "4");
        publish("b", "other");

        assertThat(letters(ALL.sequence("s", "a"))).containsExactly("bad", "1", "2", "3", "4");
        DeadLetter head = bus.recorded().deadLetters().getFirst();
        assertThat(head.reason()).isEqualTo(DeadLetterReason.KEY_SHARE_FULL);
        assertThat(head.attempts()).hasSize(1);
        assertThat(handled).containsExactly("other");
        assertThat(bus.time().elapsed()).isZero();
    }

    /* ---------------- redrive ---------------- */

    @ParameterizedTest
    @ValueSource(strings = {"keyed", "serial", "caller"})
    void a_redrive_handles_a_sequence_in_order_and_unparks_it(String where) {
        subscribe(where);
        publish("a", "bad", "1", "2");
        bad.clear();

        RedriveReport report = redrive(where.equals("serial") ? ALL.sequence("s") : ALL.sequence("s", "a"));
        publish("a", "3");

        assertThat(report).isEqualTo(new RedriveReport(3, 0, 0));
        assertThat(handled).containsExactly("bad", "1", "2", "3");
        assertThat(letters(ALL)).isEmpty();
        assertThat(parked()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"keyed", "caller"})
    void a_head_that_fails_again_ends_the_redrive_of_its_sequence_alone(String where) {
        subscribe(where);
        publish("a", "bad", "1");
        bad.add("worse");
        publish("b", "worse", "2");
        bad.remove("worse");

        assertThat(redrive(ALL)).isEqualTo(new RedriveReport(2, 1, 1));

        assertThat(handled).containsExactly("worse", "2");
        assertThat(letters(ALL)).containsExactly("bad", "1");
        DeadLetter head = bus.eventBus().deadLetters().find(ALL).getFirst();
        assertThat(head.attempts()).extracting(attempt -> attempt.number()).containsExactly(1, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"keyed", "serial", "caller"})
    void a_letter_alone_is_redriven_when_it_is_the_head_and_skipped_before(String where) {
        subscribe(where);
        publish("a", "bad", "1");
        bad.clear();

        assertThat(redrive(ALL.letter(id("1")))).isEqualTo(new RedriveReport(0, 0, 1));
        assertThat(handled).isEmpty();
        assertThat(redrive(ALL.letter(id("bad")))).isEqualTo(new RedriveReport(1, 0, 0));
        publish("a", "2");
        assertThat(letters(ALL)).containsExactly("1", "2");
        assertThat(redrive(ALL.subscription("s"))).isEqualTo(new RedriveReport(2, 0, 0));
        assertThat(handled).containsExactly("bad", "1", "2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"keyed", "serial", "caller"})
    void what_joins_while_it_is_redriven_is_redriven_too_and_nothing_overtakes(String where) {
        subscribe(where);
        publish("a", "bad", "1");
        bad.clear();
        inside = order -> {
            if (order.text().equals("bad")) {
                bus.publish(new Order("a", "2"), PublishOptions.options().key("a"));
            }
        };

        RedriveReport report = redrive(ALL);
        bus.runUntilIdle();

        assertThat(handled).containsExactly("bad", "1", "2");
        assertThat(report.failed()).isZero();
        assertThat(parked()).isZero();
    }

    @Test
    void a_redrive_of_a_paused_subscription_or_key_is_skipped() {
        Subscription subscription = subscribe("keyed");
        publish("a", "bad", "1");
        bad.clear();

        subscription.pause();
        assertThat(redrive(ALL)).isEqualTo(new RedriveReport(0, 0, 2));
        subscription.resume();
        subscription.pause("a");
        assertThat(redrive(ALL)).isEqualTo(new RedriveReport(0, 0, 2));
        subscription.resume("a");

        assertThat(handled).isEmpty();
        assertThat(redrive(ALL).handled()).isEqualTo(2);
    }

    @Test
    void a_redrive_behind_an_open_breaker_is_skipped() {
        subscribe("keyed", s -> s.circuitBreaker(CircuitBreakerPolicy.failureRate(1).window(1).minimumCalls(1)
                .openFor(Duration.ofSeconds(10)).halfOpen(1)));
        publish("a", "bad", "1");
        bad.clear();
        assertThat(letters(ALL)).as("the second waits for the breaker").containsExactly("bad");

        assertThat(redrive(ALL)).isEqualTo(new RedriveReport(0, 0, 1));
        bus.advance(Duration.ofSeconds(10));
        assertThat(letters(ALL)).containsExactly("bad", "1");
        assertThat(redrive(ALL).handled()).isEqualTo(2);
        assertThat(handled).containsExactly("bad", "1");
    }

    /* ---------------- no room ---------------- */

    private static SubscriptionSpec holding(SubscriptionSpec spec) {
        return spec.sequenced(SequencePolicy.sequenced().letters(2).whenFull(WhenFull.HOLD));
    }

    @ParameterizedTest
    @ValueSource(strings = {"keyed", "serial"})
    void a_full_sequence_holds_its_key_until_a_letter_is_removed_and_loses_nothing(String where) {
        subscribe(where, SequencedSubscriptionTest::holding);
        publish("a", "bad", "1", "2", "3");
        assertThat(letters(ALL)).containsExactly("bad", "1");
        assertThat(inFlight()).isEqualTo(2);

        assertThat(bus.eventBus().deadLetters().discard(ALL.letter(id("bad")), "no use")).isEqualTo(1);
        bus.runUntilIdle();
        assertThat(letters(ALL)).containsExactly("1", "2");
        assertThat(inFlight()).isEqualTo(1);
        bus.advance(AGE);
        publish("a", "4");

        assertThat(letters(ALL)).as("all have expired").isEmpty();
        assertThat(handled).containsExactly("3", "4");
        assertThat(inFlight()).isZero();
        assertThat(bus.eventBus().inspect().metrics().lastResorts()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"keyed", "serial"})
    void a_redrive_makes_the_room_that_a_held_key_waits_for(String where) {
        subscribe(where, SequencedSubscriptionTest::holding);
        publish("a", "bad", "1", "2", "3");
        bad.clear();

        redrive(ALL);
        bus.runUntilIdle();
        redrive(ALL);
        bus.runUntilIdle();

        assertThat(handled).containsExactly("bad", "1", "2", "3");
        assertThat(parked()).isZero();
        assertThat(inFlight()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"keyed", "serial"})
    void a_redrive_that_fails_again_leaves_the_key_held(String where) {
        subscribe(where, SequencedSubscriptionTest::holding);
        publish("a", "bad", "1", "2");

        assertThat(redrive(ALL).failed()).isEqualTo(1);
        bus.runUntilIdle();
        assertThat(letters(ALL)).containsExactly("bad", "1");
        assertThat(inFlight()).isEqualTo(1);
        bad.clear();
        redrive(ALL);
        bus.runUntilIdle();
        redrive(ALL);

        assertThat(handled).containsExactly("bad", "1", "2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"keyed", "serial"})
    void a_redrive_finds_a_place_although_the_held_ones_have_all(String where) {
        subscribe(where, s -> where.equals("keyed")
                ? holding(s).buffer(2, Overflow.REJECT).keyShare(1)
                : holding(s).buffer(2, Overflow.REJECT));
        publish("a", "bad", "1");
        publish("a", "2");
        publish("a", "3");
        bad.clear();

        assertThat(redrive(ALL).handled()).isPositive();
        bus.runUntilIdle();
        redrive(ALL);
        bus.runUntilIdle();

        assertThat(handled).containsExactly("bad", "1", "2", "3");
    }

    @Test
    void a_key_that_is_held_holds_no_other() {
        subscribe("keyed", SequencedSubscriptionTest::holding);

        publish("a", "bad", "1", "2", "3");
        publish("b", "4");

        assertThat(handled).containsExactly("4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"keyed", "serial"})
    void a_shutdown_returns_what_is_held(String where) {
        subscribe(where, SequencedSubscriptionTest::holding);
        publish("a", "bad", "1", "2", "3");

        var report = bus.eventBus().shutdown(Duration.ofSeconds(5));

        assertThat(report.returned()).extracting(left -> ((Order) left.event().payload()).text())
                .containsExactlyInAnyOrder("2", "3");
        assertThat(letters(ALL)).containsExactly("bad", "1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"keyed", "serial"})
    void closing_the_subscription_cancels_what_is_held(String where) {
        Subscription subscription = subscribe(where, SequencedSubscriptionTest::holding);
        publish("a", "bad", "1", "2", "3");

        subscription.close();
        bus.awaitIdle();

        assertThat(bus.recorded().signals(Signal.Ended.class)).extracting(Signal.Ended::outcome)
                .containsExactly(Outcome.CANCELLED, Outcome.CANCELLED);
        assertThat(letters(ALL)).containsExactly("bad", "1");
    }

    @Test
    void a_full_sequence_gives_its_followers_to_the_last_resort_unless_told_otherwise() {
        subscribe("keyed", s -> s.sequenced(SequencePolicy.sequenced().letters(2)));

        publish("a", "bad", "1", "2", "3");

        assertThat(letters(ALL)).containsExactly("bad", "1");
        assertThat(bus.eventBus().inspect().metrics().lastResorts()).isEqualTo(2);
        assertThat(handled).isEmpty();
    }

    private int inFlight() {
        return bus.eventBus().inspect().metrics().subscriptions().get("s").inFlight();
    }

    /* ---------------- discard, edit, retention ---------------- */

    @ParameterizedTest
    @ValueSource(strings = {"keyed", "caller"})
    void a_sequence_goes_on_without_a_head_or_follower_that_is_discarded(String where) {
        subscribe(where);
        publish("a", "bad", "1", "2", "3");

        bus.eventBus().deadLetters().discard(ALL.letter(id("2")), "no use");
        assertThat(letters(ALL)).containsExactly("bad", "1", "3");
        bus.eventBus().deadLetters().discard(ALL.letter(id("bad")), "no use");
        publish("a", "4");

        assertThat(letters(ALL)).containsExactly("1", "3", "4");
        assertThat(redrive(ALL).handled()).isEqualTo(3);
        assertThat(handled).containsExactly("1", "3", "4");
        publish("a", "5");
        assertThat(handled).endsWith("5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"keyed", "serial", "caller"})
    void a_head_and_a_follower_that_are_edited_keep_their_places(String where) {
        subscribe(where);
        publish("a", "bad", "1", "2");

        assertThat(bus.eventBus().deadLetters().edit(id("1"), new Order("a", "one"), "wrong")).isTrue();
        assertThat(bus.eventBus().deadLetters().edit(id("bad"), new Order("a", "good"), "wrong")).isTrue();

        assertThat(redrive(ALL).handled()).isEqualTo(3);
        assertThat(handled).containsExactly("good", "one", "2");
    }

    @Test
    void an_edit_that_takes_a_letter_out_of_its_key_is_refused() {
        subscribe("keyed");
        publish("a", "bad", "1");
        UUID head = id("bad");

        assertThatThrownBy(() -> bus.eventBus().deadLetters().edit(head, new Order("b", "good"), "wrong"))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("(key=b, sequence=a)");

        assertThat(letters(ALL)).containsExactly("bad", "1");
    }

    @Test
    void letters_expire_from_the_head_on_and_the_key_is_parked_until_the_last() {
        subscribe("keyed");
        publish("a", "bad");
        bus.advance(AGE.dividedBy(2));
        publish("a", "1");

        bus.advance(AGE.dividedBy(2));
        assertThat(letters(ALL)).containsExactly("1");
        publish("a", "2");
        assertThat(letters(ALL)).containsExactly("1", "2");
        bus.advance(AGE);

        assertThat(bus.recorded().signals(Signal.LetterExpired.class)).extracting(signal -> text(signal.letter()))
                .containsExactly("bad", "1", "2");
        publish("a", "3");
        assertThat(handled).containsExactly("3");
        assertThat(parked()).isZero();
    }
}
