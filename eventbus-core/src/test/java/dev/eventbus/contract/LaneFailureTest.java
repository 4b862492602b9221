/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.EventBus;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.deadletter.DeadLetterReason;
import dev.eventbus.deadletter.SequencePolicy;
import dev.eventbus.fixture.HookedRuntime;
import dev.eventbus.fixture.Threads;
import dev.eventbus.publish.Outcome;
import dev.eventbus.publish.Receipt;
import dev.eventbus.subscribe.Ordering;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What users' code throws concerns one delivery; whoever waits for that hears of it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class LaneFailureTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final HookedRuntime runtime = new HookedRuntime();
    private final EventBus bus = EventBus.builder("b").clocks(runtime).runtime(runtime).build();
    private final Gate gate = new Gate();
    private final List<String> log = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        gate.open();
        bus.close();
    }

    static Stream<Ordering> orderings() {
        return Stream.of(Ordering.serial(), Ordering.byKey(), Ordering.unordered(2));
    }

    static Stream<Arguments> brokenKeys() {
        return Stream.of(broken("an exception", text -> {
            throw new IllegalStateException("planted");
        }), broken("an error", text -> {
            throw new AssertionError("planted");
        }), broken("no type of a key", text -> new StringBuilder(text)));
    }

    private static Arguments broken(String name, Function<String, Object> key) {
        return Arguments.argumentSet(name, key);
    }

    @ParameterizedTest
    @MethodSource("brokenKeys")
    @Rule({"D-7", "X-1"})
    void a_key_function_that_fails_gives_up_that_delivery_alone(Function<String, Object> broken)
            throws InterruptedException {
        bus.subscribe("keyed", s -> s.on(String.class, text -> log.add("keyed " + text))
                .ordering(Ordering.byKey(String.class, text -> text.equals("bad") ? broken.apply(text) : text)));
        bus.subscribe("other", s -> s.on(String.class, text -> log.add("other " + text))
                .ordering(Ordering.byKey(String.class, text -> text)));

        Receipt bad = bus.publish("bad").await(LONG);
        Receipt good = bus.publish("good").await(LONG);

        assertThat(bad.outcomes()).containsEntry("keyed", Outcome.DEAD_LETTERED).containsEntry("other",
                Outcome.HANDLED);
        assertThat(good.outcomes().values()).containsOnly(Outcome.HANDLED);
        assertThat(log).containsExactlyInAnyOrder("other bad", "keyed good", "other good");
        assertThat(bus.deadLetters().find(DeadLetterQuery.all())).singleElement().satisfies(letter -> {
            assertThat(letter.reason()).isEqualTo(DeadLetterReason.KEY_FAILED);
            assertThat(letter.subscription()).isEqualTo("keyed");
            assertThat(letter.key()).isNull();
            assertThat(letter.attempts()).isEmpty();
        });
        assertThat(bus.drain(LONG)).isTrue(); // a place comes back after the outcome
        assertThat(bus.inspect().metrics().subscriptions().get("keyed").inFlight()).isZero();
    }

    @ParameterizedTest
    @MethodSource("orderings")
    @Rule("D-5")
    void an_error_of_the_machine_ends_its_worker_and_another_one_goes_on(Ordering ordering)
            throws InterruptedException {
        InternalError fatal = new InternalError("planted");
        bus.subscribe("s", s -> s.on(String.class, text -> {
            if (text.equals("bad")) {
                gate.pass(); // until the next event waits behind it
                throw fatal;
            }
            log.add(text);
        }).ordering(ordering).sequenced(SequencePolicy.none()));

        Receipt bad = bus.publish("bad");
        gate.awaitReached();
        Receipt good = bus.publish("good");
        gate.open();

        assertThat(good.await(LONG).outcomes()).containsEntry("s", Outcome.HANDLED);
        assertThat(bad.await(LONG).outcomes()).containsEntry("s", Outcome.DEAD_LETTERED);
        assertThat(runtime.takeUncaught()).isSameAs(fatal);
        assertThat(bus.deadLetters().find(DeadLetterQuery.all())).singleElement().satisfies(letter -> {
            assertThat(letter.reason()).isEqualTo(DeadLetterReason.NOT_RETRYABLE);
            assertThat(letter.attempts()).hasSize(1);
        });
        assertThat(bus.drain(LONG)).isTrue();
    }

    @Test
    @Rule({"D-5", "D-4"})
    void an_error_of_the_machine_in_a_watched_handler_ends_its_worker_too() throws InterruptedException {
        InternalError fatal = new InternalError("planted");
        bus.subscribe("s", s -> s.on(String.class, text -> {
            if (text.equals("bad")) {
                throw fatal;
            }
        }).timeout(Duration.ofDays(1)));

        bus.publish("bad");

        assertThat(bus.publish("good").await(LONG).outcomes()).containsEntry("s", Outcome.HANDLED);
        assertThat(runtime.takeUncaught()).isSameAs(fatal);
    }

    @ParameterizedTest
    @MethodSource("orderings")
    @Rule("D-5")
    void the_end_of_the_stack_is_a_failed_attempt_and_the_lane_goes_on(Ordering ordering) throws InterruptedException {
        bus.subscribe("s",
                s -> s.on(Integer.class, n -> log.add("depth " + (n == 0 ? 0 : depth(n)))).ordering(ordering)
                        .sequenced(SequencePolicy.none()));

        Receipt deep = bus.publish(1);

        assertThat(bus.publish(0).await(LONG).outcomes()).containsEntry("s", Outcome.HANDLED);
        assertThat(deep.await(LONG).outcomes()).containsEntry("s", Outcome.DEAD_LETTERED);
        assertThat(bus.deadLetters().find(DeadLetterQuery.all())).singleElement()
                .satisfies(letter -> assertThat(letter.attempts()).singleElement().satisfies(attempt -> assertThat(
                        attempt.failureClass()).isEqualTo(StackOverflowError.class.getName())));
        assertThat(log).containsExactly("depth 0");
    }

    @SuppressWarnings("InfiniteRecursion") // until the stack ends
    private static int depth(int from) {
        return 1 + depth(from + 1);
    }

    @Test
    @Rule("D-1")
    void a_receipt_is_awaited_by_platform_and_virtual_threads_at_once() throws InterruptedException {
        bus.subscribe(Integer.class, "s", n -> gate.pass());
        Receipt receipt = bus.publish(1);
        gate.awaitReached();
        assertThat(receipt.await(Duration.ZERO).open()).containsExactly("s");
        List<FutureTask<Boolean>> waiting = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            FutureTask<Boolean> own = new FutureTask<>(() -> receipt.await(LONG).isDone());
            Thread.Builder thread = i % 2 == 0 ? Thread.ofPlatform().daemon() : Thread.ofVirtual();
            thread.start(own);
            waiting.add(own);
        }

        gate.open();

        assertThat(waiting).allSatisfy(own -> assertThat(Threads.result(own, "the outcome")).isTrue());
        assertThat(receipt.outcomes()).containsEntry("s", Outcome.HANDLED);
    }

    @Test
    @Rule("D-1")
    void an_interrupt_ends_the_wait_for_a_receipt_and_nothing_else() throws InterruptedException {
        bus.subscribe(Integer.class, "s", n -> gate.pass());
        Receipt receipt = bus.publish(1);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> receipt.await(LONG)).isInstanceOf(InterruptedException.class);

        gate.open();
        assertThat(receipt.await(LONG).outcomes()).containsEntry("s", Outcome.HANDLED);
    }
}
