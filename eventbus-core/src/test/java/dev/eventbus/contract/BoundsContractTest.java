/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.EventBus;
import dev.eventbus.contract.Events.Paid;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.error.ConfigurationException;
import dev.eventbus.event.EventType;
import dev.eventbus.observe.Mdc;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.subscribe.Dispatch;
import dev.eventbus.subscribe.HandlerFailedException;
import dev.eventbus.subscribe.SubscribeRejectedException;
import dev.eventbus.subscribe.SubscriptionSpec;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.MDC;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class BoundsContractTest {
    @EventType(name = " ", version = 0)
    record Nameless() {}

    @SuppressWarnings("NullAway") // bad use on purpose
    static Stream<Arguments> badUse() {
        EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).build();
        return Stream.of(
                refused("name must not be blank; give it a name of 1 to 256 printable characters",
                        () -> EventBus.create(" ")),
                refused("name must not be null; pass a value", () -> EventBus.create(null)),
                refused("name must hold printable characters only, had \\u000a at index 1; remove it",
                        () -> EventBus.create("a\nb")),
                refused("name must have at most 256 characters, had 257; shorten it",
                        () -> EventBus.create("n".repeat(257))),
                refused("maxDepth must be >= 1, was 0",
                        () -> EventBus.builder("b").dispatch(Dispatch.synchronous()).maxDepth(0)),
                refused("pendingLimit must be >= 1, was -1", () -> EventBus.builder("b").pendingLimit(-1)),
                refused("observer must not be null; pass a value",
                        () -> EventBus.builder("b").dispatch(Dispatch.synchronous()).observe(null)),
                refused("capacity must be >= 1, was 0", () -> dev.eventbus.deadletter.DeadLetterStore.inMemory(0)),
                refused("maxAttempts must be >= 1, was 0", () -> RetryPolicy.never().maxAttempts(0)),
                refused("maxElapsed must be > PT0S, was PT-1S",
                        () -> RetryPolicy.never().maxElapsed(Duration.ofSeconds(-1))),
                refused("delay must be >= PT0S, was PT-1S", () -> RetryPolicy.fixed(Duration.ofSeconds(-1))),
                refused("initialDelay must be > PT0S, was PT0S",
                        () -> RetryPolicy.exponential(Duration.ZERO, Duration.ofSeconds(1))),
                refused("maxDelay (PT1S) must be >= initialDelay (PT5S)",
                        () -> RetryPolicy.exponential(Duration.ofSeconds(5), Duration.ofSeconds(1))),
                refused("jitter must be in [0, 1], was NaN", () -> RetryPolicy.never().jitter(Double.NaN)),
                refused("jitter contradicts decorrelatedJitter, which draws its delays itself; leave it out or choose "
                        + "exponential",
                        () -> RetryPolicy.decorrelatedJitter(Duration.ofMillis(1), Duration.ofMillis(2)).jitter(0)),
                refused("Subscription 's' has no handler; say what it takes with on(...) or onEvent(...)",
                        () -> bus.subscribe("s", s -> {})),
                refused("Subscription 's' has a handler for java.lang.String already; handle the type once, or open a second "
                        + "subscription",
                        () -> bus.subscribe("s", s -> s.on(String.class, x -> {}).on(String.class, x -> {}))),
                refused("type must be one that objects have, was int; subscribe to its wrapper class",
                        () -> bus.subscribe(int.class, "s", x -> {})),
                refused("Subscription 's' filters java.lang.String, which none of its handlers takes; filter one of the handled "
                        + "types",
                        () -> bus.subscribe("s", s -> s.on(Integer.class, x -> {}).filter(String.class, x -> true))),
                refused("handler must not be null; pass a value", () -> bus.subscribe(String.class, "s", null)),
                refused("options must not be null; pass a value", () -> bus.publish("x", null)),
                refused("key must be a String, Long, Integer, UUID or enum constant, was a java.util.ArrayList; use one of its "
                        + "fields", () -> PublishOptions.options().key(new ArrayList<>())),
                refused("EventType.name must not be blank; give it a name of 1 to 256 printable characters",
                        () -> bus.subscribe(Nameless.class, "s", x -> {})),
                refused("deadline must be >= PT0S, was PT-1S", () -> bus.shutdown(Duration.ofSeconds(-1))));
    }

    private static Arguments refused(String message, ThrowingCallable use) {
        return Arguments.of(message, use);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badUse")
    @Rule("M-1")
    void bad_use_is_refused_at_the_earliest_moment_with_what_to_do(String message, ThrowingCallable use) {
        assertThatThrownBy(use).isInstanceOf(ConfigurationException.class).hasMessage(message);
    }

    @Test
    @Rule("M-1")
    void a_name_taken_twice_is_refused_and_the_first_subscription_stays() {
        EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).build();
        List<String> log = new ArrayList<>();
        bus.subscribe(String.class, "s", log::add);

        assertThatThrownBy(() -> bus.subscribe(String.class, "s", text -> {}))
                .isInstanceOf(SubscribeRejectedException.class)
                .hasMessage(
                        "Bus 'b' rejected subscription 's': the name is taken by an open subscription; choose another name "
                                + "or close that one first");
        bus.publish("x");

        assertThat(log).containsExactly("x");
    }

    @Test
    @Rule("M-1")
    void a_spec_that_is_kept_cannot_be_changed_later() {
        EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).build();
        SubscriptionSpec[] kept = new SubscriptionSpec[1];
        bus.subscribe("s", s -> kept[0] = s.on(String.class, text -> {}));

        assertThatThrownBy(() -> kept[0].propagate()).isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("Subscription 's' is open already");
    }

    @Test
    @Rule("M-1")
    void a_closed_subscription_is_forgotten() {
        EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).build();
        WeakReference<Object> handler = openAndClose(bus);
        bus.publish("x");

        for (int i = 0; i < 20 && !handler.refersTo(null); i++) {
            System.gc();
        }

        assertThat(handler.refersTo(null)).as("the handler of a closed subscription is still reachable").isTrue();
        assertThat(bus.inspect().metrics().subscriptions()).isEmpty();
    }

    private static WeakReference<Object> openAndClose(EventBus bus) {
        List<String> log = new ArrayList<>();
        try (var open = bus.subscribe(String.class, "s", log::add)) {
            bus.publish(open.name());
        }
        return new WeakReference<>(log);
    }

    @Test
    @Rule("M-1")
    void nothing_is_left_of_a_million_subscriptions() {
        EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).build();
        for (int i = 0; i < 1_000_000; i++) {
            bus.subscribe(String.class, "s", text -> {}).close();
        }

        assertThat(bus.inspect().metrics().subscriptions()).isEmpty();
        assertThat(bus.publish("x").outcomes()).isEmpty();
    }

    @Test
    @Rule("M-1")
    void a_publish_leaves_nothing_behind_in_its_thread() {
        EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).retry(RetryPolicy.never()).build();
        Runnable task = () -> {};
        bus.subscribe(Paid.class, "fails", paid -> {
            throw new IOException("no");
        });
        bus.subscribe("propagates", s -> s.on(Integer.class, n -> {
            throw new IOException("no");
        }).propagate());
        bus.subscribe(String.class, "quick", text -> {});

        bus.publish("x");
        bus.publish(new Paid("x"));
        bus.deadLetters().redrive(DeadLetterQuery.all());
        assertThatThrownBy(() -> bus.publish(1)).isInstanceOf(HandlerFailedException.class);

        assertThat(bus.currentDelivery()).isEmpty();
        assertThat(bus.wrap(task)).isSameAs(task);
    }

    @Test
    @Rule("T-1")
    void equal_seeds_and_times_give_equal_ids_delays_and_signals() {
        assertThat(run(7)).isEqualTo(run(7)).isNotEqualTo(run(8));
    }

    private static List<String> run(long seed) {
        ManualTime time = new ManualTime();
        RecordedSignals signals = new RecordedSignals();
        EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).clocks(time).runtime(time)
                .random(new Random(seed)).observe(signals)
                .build();
        bus.subscribe("bad", s -> s.on(Object.class, any -> {
            throw new IOException("no");
        }));
        for (int i = 0; i < 20; i++) {
            bus.publish("x");
        }
        List<String> trace = new ArrayList<>();
        signals.of(dev.eventbus.observe.Signal.class).forEach(signal -> trace.add(signal.toString()));
        time.waits().forEach(wait -> trace.add("" + wait));
        return trace;
    }

    @Test
    @Rule("P-1")
    void the_logging_context_follows_the_delivery_and_what_was_there_before_comes_back() {
        EventBus inner = EventBus.builder("inner").dispatch(Dispatch.synchronous()).observe(Mdc.slf4j()).build();
        EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).observe(Mdc.slf4j())
                .retry(RetryPolicy.never()).build();
        List<Map<String, String>> seen = new ArrayList<>();
        inner.subscribe(String.class, "inside", text -> seen.add(MDC.getCopyOfContextMap()));
        bus.subscribe(Integer.class, "outside", n -> {
            inner.publish("x");
            seen.add(MDC.getCopyOfContextMap());
            throw new IOException("no");
        });
        MDC.put("subscription", "mine");

        String id = bus.publish(1).eventId().toString();

        assertThat(seen.get(0)).containsEntry("subscription", "inside").containsEntry("correlationId", id);
        assertThat(seen.get(1)).containsExactlyInAnyOrderEntriesOf(Map.of("subscription", "outside", "eventId", id,
                "eventType", "java.lang.Integer", "correlationId", id));
        assertThat(MDC.getCopyOfContextMap()).containsExactlyEntriesOf(Map.of("subscription", "mine"));
        MDC.clear();
    }
}
