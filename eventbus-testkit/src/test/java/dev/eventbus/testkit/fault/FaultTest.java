/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.deadletter.DeadLetterStore;
import dev.eventbus.deadletter.Sequence;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.EventPublisher;
import dev.eventbus.publish.Outcome;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.publish.Receipt;
import dev.eventbus.subscribe.EventHandler;
import dev.eventbus.testkit.Rendezvous;
import dev.eventbus.testkit.Shop.OrderPaid;
import dev.eventbus.testkit.TaskOutcome;
import dev.eventbus.testkit.TestEventBus;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class FaultTest {
    private static final Sequence SEQUENCE = new Sequence("mail", null);
    private static final OrderPaid PAID = new OrderPaid("secret");
    private static final String TYPE = "dev.eventbus.testkit.Shop$OrderPaid";

    private final List<OrderPaid> handled = new ArrayList<>();

    /** Calls a handler that has a fault; returns the numbers of the calls that failed. */
    private static List<Integer> failedCalls(Fault fault, int calls) {
        EventHandler<OrderPaid> handler = fault.in(paid -> {});
        return IntStream.rangeClosed(1, calls).filter(call -> fails(handler)).boxed().toList();
    }

    private static boolean fails(EventHandler<OrderPaid> handler) {
        try {
            handler.handle(PAID);
            return false;
        } catch (Exception failed) {
            return true;
        }
    }

    @Nested
    @DisplayNameGeneration(ReplaceUnderscores.class)
    class Choosing_calls {
        @Test
        void every_call_is_chosen_unless_some_are() {
            assertThat(failedCalls(Fault.failing(), 3)).containsExactly(1, 2, 3);
            assertThat(failedCalls(Fault.failing().onCalls(4, 2), 5)).containsExactly(2, 4);
            assertThat(failedCalls(Fault.failing().onFirst(2), 5)).containsExactly(1, 2);
            assertThat(failedCalls(Fault.failing().onEach(3), 7)).containsExactly(3, 6);
        }

        @Test
        void a_seed_draws_its_share_of_the_calls_and_the_same_again() {
            Fault fault = Fault.failing().atRandom(0.25, 7);

            assertThat(failedCalls(fault, 10_000)).hasSizeBetween(2_300, 2_700).isEqualTo(failedCalls(fault, 10_000));
            assertThat(failedCalls(Fault.failing().atRandom(0.25, 8), 100)).isNotEqualTo(failedCalls(fault, 100));
            assertThat(failedCalls(Fault.failing().atRandom(1, 7), 100)).hasSize(100);
        }

        @Test
        void what_a_seed_draws_never_changes() {
            assertThat(failedCalls(Fault.failing().atRandom(0.3, 42), 20)).containsExactly(2, 3, 4, 6, 7, 8, 10,
                    14, 15, 17, 18, 19);
        }

        @Test
        void each_wrapped_handler_counts_its_own_calls() {
            Fault fault = Fault.failing().onCalls(2);
            EventHandler<OrderPaid> one = fault.in(handled::add);
            EventHandler<OrderPaid> other = fault.in(handled::add);

            assertThat(fails(one)).isFalse();
            assertThat(fails(other)).isFalse();
            assertThat(fails(one)).isTrue();
        }

        @Test
        void the_inner_of_two_faults_counts_what_the_outer_lets_through() {
            EventHandler<OrderPaid> handler = Fault.failing().onCalls(1)
                    .in(Fault.duplicating().onCalls(2).in(handled::add));

            assertThat(fails(handler)).isTrue();
            assertThat(fails(handler)).isFalse();
            assertThat(fails(handler)).isFalse();
            assertThat(handled).hasSize(3);
        }

        @Test
        void calls_of_many_threads_are_counted_once_each() {
            EventHandler<OrderPaid> handler = Fault.failing().onEach(2).in(paid -> {});

            List<TaskOutcome<Integer>> outcomes = Rendezvous.collide(8,
                    task -> (int) IntStream.range(0, 1_000).filter(i -> fails(handler)).count());

            assertThat(outcomes.stream().mapToInt(TaskOutcome::value).sum()).isEqualTo(4_000);
        }

        @Test
        void nonsense_is_refused_at_once() {
            Fault fault = Fault.failing();
            refused(() -> fault.onCalls(0), "calls must be >= 1, was 0; calls count from 1");
            refused(() -> fault.onCalls(1, -2), "calls must be >= 1, was -2; calls count from 1");
            refused(() -> fault.onCalls(1, 2, 1), "calls must name each call once, named 1 twice");
            refused(() -> fault.onFirst(0), "count must be >= 1, was 0");
            refused(() -> fault.onEach(1), "step must be >= 2, was 1; for every call choose no calls at all");
            refused(() -> fault.atRandom(0, 1), "chance must be > 0 and <= 1, was 0.0");
            refused(() -> fault.atRandom(1.5, 1), "chance must be > 0 and <= 1, was 1.5");
            refused(() -> fault.atRandom(Double.NaN, 1), "chance must be > 0 and <= 1, was NaN");
        }

        @Test
        void calls_are_chosen_once() {
            assertThatThrownBy(() -> Fault.failing().onCalls(1, 2).onEach(3)).isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            "Fault[failing on calls 1, 2] has its calls already, and was to be on calls 3, 6, 9 and so on"
                                    + " too; choose calls once, or wrap one fault around another");
        }

        @Test
        void a_fault_says_what_it_is() {
            assertThat(Fault.failing()).hasToString("Fault[failing on every call]");
            assertThat(Fault.failingWithError(AssertionError::new).onFirst(1))
                    .hasToString("Fault[failing with an error on the first call]");
            assertThat(Fault.duplicating().onFirst(3)).hasToString("Fault[duplicating on the first 3 calls]");
            assertThat(Fault.failing().atRandom(0.5, 7))
                    .hasToString("Fault[failing at random (chance=0.5, seed=7)]");
        }
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    @Nested
    @DisplayNameGeneration(ReplaceUnderscores.class)
    class Failing {
        @Test
        void the_default_failure_names_the_call_and_no_payload() {
            EventHandler<OrderPaid> handler = Fault.failing().onCalls(2).in(handled::add);

            assertThat(fails(handler)).isFalse();
            assertThatThrownBy(() -> handler.handle(PAID)).isInstanceOfSatisfying(InjectedFault.class, fault -> {
                assertThat(fault.call()).isEqualTo(2);
                assertThat(fault.operation()).isEqualTo("EventHandler.handle(" + TYPE + ")");
            }).hasMessage("Call 2 of EventHandler.handle(" + TYPE + ") failed on purpose (failing on call 2); choose"
                    + " other calls if the test did not mean this one");
            assertThat(handled).hasSize(1);
        }

        @Test
        void what_the_test_supplies_is_thrown_as_it_is() {
            IOException own = new IOException("down");
            AssertionError error = new AssertionError("broken");

            assertThatThrownBy(() -> Fault.failing(() -> own).<OrderPaid>in(handled::add).handle(PAID)).isSameAs(own);
            assertThatThrownBy(() -> Fault.failingWithError(() -> error).<OrderPaid>in(handled::add).handle(PAID))
                    .isSameAs(error);
            assertThat(handled).isEmpty();
        }

        @Test
        @SuppressWarnings("NullAway") // the mistake that is tested
        void a_supplier_of_nothing_is_told() {
            assertThatThrownBy(() -> Fault.failing(() -> null).onCalls(1).<OrderPaid>in(handled::add).handle(PAID))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("The supplier of a fault (failing on call 1) returned null for call 1 of"
                            + " EventHandler.handle(" + TYPE + "); return something to throw");
        }

        @Test
        void a_redrive_goes_on_counting() {
            try (TestEventBus bus = TestEventBus.create()) {
                bus.subscribe("mail", s -> s.onEvent(OrderPaid.class, Fault.failing().onFirst(2)
                        .inEvent(delivery -> handled.add(delivery.payload()))).retry(RetryPolicy.never()));
                bus.publish(PAID);
                bus.awaitIdle();

                assertThat(bus.eventBus().deadLetters().redrive(DeadLetterQuery.all()).failed()).isEqualTo(1);
                assertThat(bus.eventBus().deadLetters().redrive(DeadLetterQuery.all()).handled()).isEqualTo(1);
                assertThat(handled).hasSize(1);
                assertThat(bus.recorded().deadLetters().getFirst().attempts()).singleElement().satisfies(
                        attempt -> assertThat(attempt.message()).startsWith("Call 1 of DeliveryHandler.handle(" + TYPE
                                + ") failed on purpose"));
            }
        }
    }

    @Nested
    @DisplayNameGeneration(ReplaceUnderscores.class)
    class Waiting {
        @Test
        void a_slowness_of_no_time_is_refused() {
            try (TestEventBus bus = TestEventBus.create()) {
                refused(() -> Fault.slow(bus, Duration.ZERO), "duration must be > PT0S, was PT0S");
                refused(() -> Fault.slow(bus, Duration.ofSeconds(-1)), "duration must be > PT0S, was PT-1S");
                assertThat(Fault.slow(bus, Duration.ofSeconds(3)).onCalls(1))
                        .hasToString("Fault[slow by PT3S on call 1]");
            }
        }

        @Test
        void a_handler_that_hangs_for_ever_is_named_by_awaitIdle_and_returned_at_the_end() {
            TestEventBus bus = TestEventBus.create();
            bus.subscribe(OrderPaid.class, "mail", Fault.hanging(bus).in(handled::add));
            Receipt receipt = bus.publish(PAID);

            assertThatThrownBy(bus::awaitIdle).isInstanceOf(AssertionError.class)
                    .hasMessage("bus 'test' was not idle within PT24H; not ended:\n#1 OrderPaid: mail open");
            bus.close();

            assertThat(receipt.outcomes()).containsEntry("mail", Outcome.RETURNED);
            assertThat(handled).isEmpty();
        }

        @Test
        void a_handler_hangs_on_a_threaded_bus_too_until_its_timeout() {
            try (TestEventBus bus = TestEventBus.builder().threaded().build()) {
                bus.subscribe("mail", s -> s.on(OrderPaid.class, Fault.hanging(bus).onCalls(1).in(handled::add))
                        .timeout(Duration.ofMillis(100))
                        .retry(RetryPolicy.fixed(Duration.ofMillis(1)).maxAttempts(100)));

                bus.publish(PAID);
                bus.awaitIdle();

                assertThat(handled).isNotEmpty(); // more than once where the machine itself is slow
            }
        }

        @Test
        void a_publish_that_is_interrupted_keeps_the_flag_of_its_thread() {
            try (TestEventBus bus = TestEventBus.builder().threaded().build()) {
                EventPublisher publisher = Fault.hanging(bus).in(bus);
                Thread.currentThread().interrupt();

                assertThatThrownBy(() -> publisher.publish(PAID)).isInstanceOf(IllegalStateException.class)
                        .hasMessage("EventPublisher.publish(" + TYPE
                                + ") was interrupted while it was hanging on every call")
                        .hasCauseInstanceOf(InterruptedException.class);
                assertThat(Thread.interrupted()).isTrue();
            }
        }
    }

    @Nested
    @DisplayNameGeneration(ReplaceUnderscores.class)
    class Duplicating {
        @Test
        void a_duplicate_of_a_chosen_call_is_the_same_attempt() {
            try (TestEventBus bus = TestEventBus.create()) {
                List<Integer> attempts = new ArrayList<>();
                bus.subscribe("mail", s -> s.onEvent(OrderPaid.class,
                        Fault.duplicating().onCalls(2).inEvent(delivery -> attempts.add(delivery.attempt()))));
                bus.publish(PAID);
                bus.publish(PAID);
                bus.publish(PAID);
                bus.awaitIdle();

                assertThat(attempts).containsExactly(1, 1, 1, 1);
            }
        }

        @Test
        void a_first_time_that_fails_has_no_second() {
            EventHandler<OrderPaid> handler = Fault.duplicating().in(paid -> {
                handled.add(paid);
                throw new IOException("down");
            });

            assertThatThrownBy(() -> handler.handle(PAID)).isInstanceOf(IOException.class);
            assertThat(handled).hasSize(1);
        }

        @Test
        void a_publish_is_done_twice_and_the_second_receipt_returned() {
            try (TestEventBus bus = TestEventBus.create()) {
                Receipt receipt = Fault.duplicating().in(bus).publish(PAID);

                assertThat(bus.recorded().all()).hasSize(2);
                assertThat(bus.recorded().all().getLast().event().id()).isEqualTo(receipt.eventId());
            }
        }
    }

    @Nested
    @DisplayNameGeneration(ReplaceUnderscores.class)
    class In_publishers_and_stores {
        @Test
        void publishes_with_and_without_options_are_counted_together() {
            try (TestEventBus bus = TestEventBus.create()) {
                EventPublisher publisher = Fault.failing().onCalls(2).in(bus);

                publisher.publish(PAID);
                assertThatThrownBy(() -> publisher.publish(PAID, PublishOptions.options().correlationId("c")))
                        .isInstanceOf(InjectedFault.class)
                        .hasMessageStartingWith("Call 2 of EventPublisher.publish(" + TYPE + ") failed on purpose");
                publisher.publish(PAID, PublishOptions.options().correlationId("c"));

                assertThat(bus.recorded().all()).hasSize(2).last()
                        .satisfies(event -> assertThat(event.event().metadata().correlationId()).isEqualTo("c"));
            }
        }

        @Test
        void a_checked_exception_where_none_may_be_thrown_is_told() {
            try (TestEventBus bus = TestEventBus.create()) {
                assertThatThrownBy(() -> Fault.failing(IOException::new).in(bus).publish(PAID))
                        .isInstanceOf(IllegalStateException.class).hasCauseInstanceOf(IOException.class)
                        .hasMessage(
                                "EventPublisher.publish(" + TYPE + ") cannot throw the checked java.io.IOException of a"
                                        + " fault (failing on every call); supply a RuntimeException");
            }
        }

        @Test
        void every_method_of_a_store_can_fail_by_its_name() {
            DeadLetter letter = letter();
            for (StoreMethod method : StoreMethod.values()) {
                DeadLetterStore store = Fault.failing().in(DeadLetterStore.inMemory(1), method);

                assertThatThrownBy(() -> call(store, method, letter)).isInstanceOfSatisfying(InjectedFault.class,
                        fault -> assertThat(fault.operation()).isEqualToIgnoringCase(
                                "DeadLetterStore." + method.name().replace("_", "")));
                for (StoreMethod other : StoreMethod.values()) {
                    if (other != method) {
                        assertThatCode(() -> call(store, other, letter)).doesNotThrowAnyException();
                    }
                }
            }
        }

        @Test
        void calls_of_several_methods_are_counted_together() {
            DeadLetterStore store = Fault.failing().onCalls(2).in(DeadLetterStore.inMemory(1), StoreMethod.SIZE,
                    StoreMethod.FIND);

            assertThat(store.size()).isZero();
            assertThat(store.get(UUID.randomUUID())).isEmpty();
            assertThatThrownBy(() -> store.find(DeadLetterQuery.all())).isInstanceOf(InjectedFault.class);
            assertThat(store.size()).isZero();
        }
    }

    private static DeadLetter letter() {
        try (TestEventBus bus = TestEventBus.create()) {
            bus.subscribe("mail",
                    s -> s.on(OrderPaid.class, Fault.failing().in(paid -> {})).retry(RetryPolicy.never()));
            bus.publish(PAID);
            bus.awaitIdle();
            return bus.recorded().deadLetters().getFirst();
        }
    }

    private static void call(DeadLetterStore store, StoreMethod method, DeadLetter letter) {
        switch (method) {
            case ADD -> store.add(letter);
            case FIND -> store.find(DeadLetterQuery.all());
            case GET -> store.get(UUID.randomUUID());
            case REPLACE -> store.replace(letter);
            case REMOVE -> store.remove(UUID.randomUUID());
            case SIZE -> store.size();
            case CAPACITY -> store.capacity();
            case PARK -> store.park(letter, SEQUENCE, 1);
            case PARK_BEHIND -> store.parkBehind(letter, SEQUENCE, 1);
            case HEAD -> store.head(SEQUENCE);
            case IS_PARKED -> store.isParked(SEQUENCE);
            case SEQUENCES -> store.sequences();
        }
    }
}
