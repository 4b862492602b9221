/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.eventbus.EventBus;
import dev.eventbus.EventBusBuilder;
import dev.eventbus.contract.Events.Created;
import dev.eventbus.contract.Events.Secret;
import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.deadletter.DeadLetterReason;
import dev.eventbus.deadletter.FailedAttempt;
import dev.eventbus.observe.Signal;
import dev.eventbus.observe.SubscriptionMetrics;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.Outcome;
import dev.eventbus.publish.Receipt;
import dev.eventbus.subscribe.Dispatch;
import dev.eventbus.subscribe.HandlerFailedException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class DeliveryContractTest {
    private final ManualTime time = new ManualTime();
    private final RecordedSignals signals = new RecordedSignals();
    private final List<String> log = new ArrayList<>();

    private EventBusBuilder builder() {
        return EventBus.builder("b").dispatch(Dispatch.synchronous()).clocks(time).runtime(time).observe(signals)
                .retry(RetryPolicy.fixed(Duration.ofMillis(10)).maxAttempts(3));
    }

    private static SubscriptionMetrics metrics(EventBus bus, String name) {
        return bus.inspect().metrics().subscriptions().get(name);
    }

    @Test
    @Rule("D-1")
    void each_delivery_has_one_outcome_and_one_signal_of_its_end() {
        EventBus bus = builder().build();
        bus.subscribe(String.class, "good", text -> {});
        bus.subscribe(String.class, "bad", text -> {
            throw new IOException("no");
        });
        bus.subscribe("filtered", s -> s.on(String.class, text -> {}).filter(String.class, e -> false));

        Receipt receipt = bus.publish("x");

        assertThat(receipt.outcomes()).containsOnly(java.util.Map.entry("good", Outcome.HANDLED),
                java.util.Map.entry("bad", Outcome.DEAD_LETTERED));
        assertThat(signals.of(Signal.Settled.class)).extracting(Signal.Settled::subscription, Signal.Settled::outcome)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("good", Outcome.HANDLED),
                        org.assertj.core.groups.Tuple.tuple("bad", Outcome.DEAD_LETTERED));
        assertThat(signals.of(Signal.Published.class)).extracting(Signal.Published::deliveries).containsExactly(2);
        assertThat(metrics(bus, "good").settled()).isOne();
        assertThat(metrics(bus, "bad").settled()).isOne();
        assertThat(metrics(bus, "filtered").settled()).isZero();
        assertThat(metrics(bus, "filtered").filtered()).isOne();
    }

    @Test
    @Rule("D-1")
    void more_deliveries_than_fit_into_one_word_have_their_outcomes_too() {
        EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).build();
        for (int i = 0; i < 40; i++) {
            int n = i;
            bus.subscribe("s" + i, s -> s.on(String.class, text -> {
                if (n % 3 == 0) {
                    throw new IOException("no");
                }
            }).retry(RetryPolicy.never()).filter(String.class, e -> n % 5 != 0));
        }

        Receipt receipt = bus.publish("x");

        assertThat(receipt.isDone()).isTrue();
        assertThat(receipt.outcomes()).hasSize(32);
        receipt.outcomes().forEach((name, outcome) -> assertThat(outcome).as(name)
                .isEqualTo(Integer.parseInt(name.substring(1)) % 3 == 0 ? Outcome.DEAD_LETTERED : Outcome.HANDLED));
    }

    @Test
    @Rule("D-2")
    void a_filter_is_asked_before_any_attempt_and_an_observer_hears_the_stages_in_their_order() {
        EventBus bus = builder().build();
        bus.subscribe("s", s -> s.on(String.class, text -> {
            log.add("handler");
            throw new IOException("no");
        }).filter(String.class, e -> log.add("filter")));

        bus.publish("x");

        assertThat(log).containsExactly("filter", "handler", "handler", "handler");
        assertThat(signals.of(Signal.class)).extracting(signal -> signal.getClass().getSimpleName()).containsExactly(
                "Published", "AttemptFailed", "RetryScheduled", "AttemptFailed", "RetryScheduled", "AttemptFailed",
                "DeadLettered");
    }

    @Test
    @Rule("D-3")
    void attempts_count_from_one_before_the_call_and_on_over_redrives() {
        EventBus bus = builder().build();
        List<Integer> attempts = new ArrayList<>();
        bus.subscribe("s", s -> s.onEvent(String.class, d -> {
            attempts.add(d.attempt());
            if (attempts.size() < 5) {
                throw new IOException("no");
            }
        }));

        bus.publish("x");
        bus.deadLetters().redrive(DeadLetterQuery.all());

        assertThat(attempts).containsExactly(1, 2, 3, 4, 5);
        assertThat(signals.of(Signal.Handled.class)).extracting(Signal.Handled::attempt).containsExactly(5);
        assertThat(metrics(bus, "s").failedAttempts()).isEqualTo(4);
        assertThat(metrics(bus, "s").retries()).isEqualTo(3);
    }

    static Stream<Throwable> throwables() {
        Exception cyclic = new Exception("a");
        cyclic.initCause(new Exception("b", cyclic));
        return Stream.of(new IOException("checked"), new IllegalStateException("unchecked"),
                new AssertionError("assertion"),
                new StackOverflowError(), new NoClassDefFoundError("x"), new ExceptionInInitializerError("x"),
                new ThreadDeathLike(), new Exception((String) null), new HostileException(), cyclic,
                new InterruptedException("mine"), new Exception("line\nbreak\u0085\u2028\u001b[31m"),
                new Error("plain error"), new UnsatisfiedLinkError("y"));
    }

    /** Throws whenever it is asked for anything. */
    static final class HostileException extends Exception {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no message for you");
        }

        @Override
        public String toString() {
            throw new IllegalStateException("no text for you");
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            throw new IllegalStateException("no stack for you");
        }
    }

    /** An error of the user's own. */
    static final class ThreadDeathLike extends Error {
        private static final long serialVersionUID = 1L;
    }

    @ParameterizedTest
    @MethodSource("throwables")
    @Rule("D-5")
    void whatever_a_handler_throws_is_accounted_for_and_the_next_event_is_handled(Throwable failure) {
        EventBus bus = builder().build();
        bus.subscribe("bad", s -> s.on(String.class, text -> DeliveryContractTest.<RuntimeException>sneak(failure)));
        bus.subscribe(Object.class, "next", any -> log.add("next"));

        Receipt receipt = bus.publish("x");
        boolean interrupted = Thread.interrupted();
        bus.publish(1);

        assertThat(receipt.outcomes()).containsEntry("bad", Outcome.DEAD_LETTERED).containsEntry("next",
                Outcome.HANDLED);
        assertThat(log).containsExactly("next", "next");
        DeadLetter letter = bus.deadLetters().find(DeadLetterQuery.all()).get(0);
        assertThat(letter.attempts()).extracting(FailedAttempt::failureClass)
                .containsOnly(failure.getClass().getName());
        assertThat(letter.attempts())
                .hasSize(failure instanceof Exception && !(failure instanceof InterruptedException) ? 3 : 1);
        assertThat(interrupted).isEqualTo(failure instanceof InterruptedException);
        assertThat(letter.toString().lines()).hasSize(1);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable failure) throws T {
        throw (T) failure;
    }

    @Test
    @Rule("D-5")
    void an_error_of_the_machine_is_thrown_from_the_outermost_publish_after_the_remaining_handlers() {
        EventBus bus = builder().build();
        OutOfMemoryError fatal = new OutOfMemoryError("planted");
        bus.subscribe(String.class, "bad", text -> {
            bus.publish(1);
            throw fatal;
        });
        bus.subscribe(Object.class, "next", any -> log.add("next " + any.getClass().getSimpleName()));

        assertThatThrownBy(() -> bus.publish("x")).isSameAs(fatal);

        assertThat(log).containsExactly("next String", "next Integer");
        assertThat(bus.deadLetters().find(DeadLetterQuery.all())).extracting(DeadLetter::reason)
                .containsExactly(DeadLetterReason.NOT_RETRYABLE);
        bus.publish(2);
        assertThat(log).hasSize(3);
    }

    @Test
    @Rule("D-5")
    void events_published_by_a_handler_before_it_failed_stay_published() {
        EventBus bus = builder().build();
        bus.subscribe(String.class, "bad", text -> {
            bus.publish(1);
            throw new AssertionError("after the publish");
        });
        bus.subscribe(Integer.class, "numbers", n -> log.add("number " + n));

        bus.publish("x");

        assertThat(log).containsExactly("number 1");
    }

    @Test
    @Rule("D-5")
    void a_handler_that_recurses_until_the_stack_ends_loses_nothing_that_it_published() {
        EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).pendingLimit(1_000_000).build();
        int[] accepted = new int[1];
        int[] handled = new int[1];
        bus.subscribe(Integer.class, "numbers", n -> handled[0]++);
        bus.subscribe(String.class, "deep", text -> deeper(bus, accepted));

        Receipt receipt = bus.publish("x");

        assertThat(receipt.outcomes()).containsEntry("deep", Outcome.DEAD_LETTERED);
        assertThat(accepted[0]).isPositive();
        assertThat(handled[0]).isGreaterThanOrEqualTo(accepted[0]);
        assertThat(bus.inspect().metrics().published()).isEqualTo(handled[0] + 1);
        bus.publish(1);
        assertThat(bus.inspect().metrics().published()).isEqualTo(handled[0] + 1);
    }

    @SuppressWarnings("InfiniteRecursion") // until the stack ends
    private static void deeper(EventBus bus, int[] accepted) {
        bus.publish(accepted[0]);
        accepted[0]++;
        deeper(bus, accepted);
    }

    @Test
    @Rule("D-6")
    void propagating_subscriptions_throw_one_exception_after_the_other_handlers_with_the_rest_suppressed() {
        EventBus bus = builder().build();
        IOException one = new IOException("one");
        bus.subscribe("p1", s -> s.on(String.class, text -> {
            throw one;
        }).propagate());
        bus.subscribe("p2", s -> s.on(Integer.class, text -> {
            throw new IllegalStateException("two");
        }).propagate().retry(RetryPolicy.never()));
        bus.subscribe(String.class, "last", text -> {
            log.add("last");
            bus.publish(1);
        });

        HandlerFailedException failed = catchThrowableOfType(HandlerFailedException.class, () -> bus.publish("x"));

        assertThat(log).containsExactly("last");
        assertThat(failed.subscription()).isEqualTo("p1");
        assertThat(failed.attempts()).isEqualTo(3);
        assertThat(failed).hasCause(one).hasMessage("Subscription 'p1' gave up on event " + failed.eventId()
                + " (java.lang.String) after 3 attempts: last failure java.io.IOException; "
                + "it propagates failures, so handle it here or let it be dead-lettered instead");
        assertThat(failed.getSuppressed()).singleElement().isInstanceOfSatisfying(HandlerFailedException.class,
                second -> assertThat(second.subscription()).isEqualTo("p2"));
        assertThat(bus.deadLetters().size()).isZero();
        assertThat(metrics(bus, "p1").propagated()).isOne();
        assertThat(signals.of(Signal.Settled.class)).extracting(Signal.Settled::outcome).contains(Outcome.PROPAGATED);
    }

    @Test
    @Rule("D-7")
    void a_throwing_observer_is_logged_once_per_kind_and_counted_and_changes_nothing_else() {
        try (CapturedLog captured = CapturedLog.of("dev.eventbus")) {
            EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).observe(signal -> {
                throw new IllegalStateException("observer");
            }).observe(signals).build();
            bus.subscribe(String.class, "s", text -> log.add(text));

            bus.publish("x");
            bus.publish("y");

            assertThat(log).containsExactly("x", "y");
            assertThat(signals.of(Signal.Handled.class)).hasSize(2);
            assertThat(bus.inspect().metrics().observerFailures()).isEqualTo(4);
            assertThat(captured.lines()).singleElement().asString().startsWith("WARN bus 'b': observer ")
                    .contains("threw java.lang.IllegalStateException (observer)");
        }
    }

    @Test
    @Rule("D-7")
    void a_throwing_filter_dead_letters_that_delivery_alone() {
        EventBus bus = builder().build();
        bus.subscribe("undecided", s -> s.on(String.class, log::add).filter(String.class, e -> {
            throw new StackOverflowError();
        }));
        bus.subscribe(String.class, "other", text -> log.add("other"));

        assertThat(bus.publish("x").outcomes()).containsEntry("undecided", Outcome.DEAD_LETTERED).containsEntry("other",
                Outcome.HANDLED);

        assertThat(log).containsExactly("other");
        assertThat(bus.deadLetters().find(DeadLetterQuery.all())).singleElement()
                .satisfies(letter -> assertThat(letter.reason()).isEqualTo(DeadLetterReason.FILTER_FAILED));
    }

    @Test
    @Rule("D-7")
    void an_observer_that_publishes_at_every_signal_comes_to_an_end() {
        EventBus[] bus = new EventBus[1];
        bus[0] = EventBus.builder("b").dispatch(Dispatch.synchronous()).maxDepth(8).observe(signal -> {
            if (signal instanceof Signal.Published) {
                bus[0].publish("more");
            }
        }).build();
        bus[0].subscribe(Object.class, "s", any -> log.add("handled"));

        bus[0].publish(1);

        assertThat(log).hasSize(9);
        assertThat(bus[0].inspect().metrics().observerFailures()).isOne();
    }

    @Test
    @Rule({"D-7", "X-1"})
    void payloads_are_never_described_hashed_or_compared() {
        try (CapturedLog captured = CapturedLog.of("dev.eventbus")) {
            EventBus bus = builder().deadLetters(dev.eventbus.deadletter.DeadLetterStore.inMemory(1)).build();
            bus.subscribe("bad", s -> s.onEvent(Secret.class, d -> {
                assertThat(d.toString()).contains(d.event().id().toString());
                throw new IOException("no");
            }));
            bus.subscribe("propagates", s -> s.on(Secret.class, x -> {
                throw new IOException("no");
            }).propagate());

            Throwable thrown = catchThrowable(() -> bus.publish(new Secret()));
            Throwable again = catchThrowable(() -> bus.publish(new Secret()));

            assertThat(thrown).isInstanceOf(HandlerFailedException.class);
            assertThat(again).isInstanceOf(HandlerFailedException.class);
            assertThat(signals.of(Signal.class)).allSatisfy(signal -> assertThat(signal.toString()).isNotEmpty());
            assertThat(bus.deadLetters().find(DeadLetterQuery.all()).toString())
                    .contains("type=" + Secret.class.getName());
            assertThat(captured.lines()).hasSize(2);
            assertThat(captured.lines().get(0)).startsWith("WARN bus 'b': subscription 'bad' gave up on event ")
                    .contains(
                            " after 3 attempts: ATTEMPTS_EXHAUSTED, last failure java.io.IOException: no; kept as dead letter ");
            assertThat(captured.lines().get(1)).startsWith("ERROR bus 'b': lost DeadLetter[");
        }
    }

    @Test
    @Rule("D-5")
    void a_clock_that_throws_loses_no_accepted_event() {
        boolean[] broken = new boolean[1];
        dev.eventbus.spi.Clocks clocks = new dev.eventbus.spi.Clocks() {
            @Override
            public long wallMillis() {
                return 1;
            }

            @Override
            public long monotonicNanos() {
                if (broken[0]) {
                    broken[0] = false;
                    throw new IllegalStateException("clock");
                }
                return 1;
            }
        };
        EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).clocks(clocks).build();
        bus.subscribe(Created.class, "bad", created -> {
            bus.publish(1);
            broken[0] = true;
            throw new IOException("no");
        });
        bus.subscribe(Object.class, "all", any -> log.add("all"));

        assertThatThrownBy(() -> bus.publish(new Created("x"))).isInstanceOf(IllegalStateException.class);

        assertThat(bus.deadLetters().find(DeadLetterQuery.all())).extracting(DeadLetter::subscription)
                .containsExactlyInAnyOrder("bad", "all", "all");
        bus.publish(2);
        assertThat(log).containsExactly("all");
    }
}
