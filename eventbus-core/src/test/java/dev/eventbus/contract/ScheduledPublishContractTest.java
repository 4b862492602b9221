/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.contract;

import static dev.eventbus.publish.PublishOptions.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.EventBus;
import dev.eventbus.EventBusBuilder;
import dev.eventbus.contract.Events.Created;
import dev.eventbus.contract.Events.Paid;
import dev.eventbus.contract.Events.Secret;
import dev.eventbus.error.ConfigurationException;
import dev.eventbus.event.EventEnvelope;
import dev.eventbus.event.Metadata;
import dev.eventbus.observe.Signal;
import dev.eventbus.publish.CausationTooDeepException;
import dev.eventbus.publish.InvalidEventException;
import dev.eventbus.publish.NoSubscription;
import dev.eventbus.publish.NoSubscriptionException;
import dev.eventbus.publish.Receipt;
import dev.eventbus.publish.ScheduleFullException;
import dev.eventbus.publish.ScheduledPublish;
import dev.eventbus.subscribe.Delivery;
import dev.eventbus.subscribe.Dispatch;
import dev.eventbus.subscribe.HandlerFailedException;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scheduled publishes on a time that the test has in hand, in its one thread. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ScheduledPublishContractTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final ManualTime time = new ManualTime();
    private final RecordedSignals signals = new RecordedSignals();
    private final List<EventEnvelope<?>> seen = new ArrayList<>();

    private EventBusBuilder builder() {
        return EventBus.builder("b").dispatch(Dispatch.synchronous()).clocks(time).runtime(time);
    }

    private EventBus recording(EventBusBuilder builder) {
        EventBus bus = builder.build();
        bus.subscribe("recorder", s -> s.onEvent(Object.class, delivery -> seen.add(delivery.event())));
        return bus;
    }

    private Instant now() {
        return Instant.ofEpochMilli(time.wallMillis());
    }

    private List<Object> payloads() {
        return seen.stream().<Object>map(EventEnvelope::payload).toList();
    }

    /** What a completion has ended with: a receipt, a failure, or nothing yet. */
    private static Object end(ScheduledPublish scheduled) {
        AtomicReference<Object> end = new AtomicReference<>("nothing yet");
        CompletionStage<Receipt> unused = scheduled.completion().whenComplete((receipt, failure) -> end
                .set(failure == null ? receipt : failure));
        return end.get();
    }

    @Test
    @Rule("P-7")
    void an_event_is_published_when_it_is_due_with_the_id_and_time_of_that_moment() {
        EventBus bus = recording(builder().observe(signals));
        Instant due = now().plus(HOUR);

        ScheduledPublish scheduled = bus.publishAfter(HOUR, new Created("INV-1"));
        UUID before = bus.publish("before").eventId();

        assertThat(scheduled.due()).isEqualTo(due);
        assertThat(scheduled.type()).isEqualTo("InvoiceCreated");
        assertThat(scheduled.isDone()).isFalse();
        assertThat(end(scheduled)).isEqualTo("nothing yet");
        assertThat(payloads()).containsExactly("before");
        assertThat(bus.inspect().metrics().scheduled()).isOne();
        assertThat(bus.inspect().metrics().published()).isOne();

        time.runStarted();

        assertThat(time.waits()).containsExactly(HOUR.toNanos());
        assertThat(payloads()).containsExactly("before", new Created("INV-1"));
        assertThat(seen.get(1).metadata().timestamp()).isEqualTo(due);
        assertThat(seen.get(1).id()).isGreaterThan(before);
        assertThat(scheduled.isDone()).isTrue();
        assertThat(scheduled.isCancelled()).isFalse();
        assertThat(end(scheduled)).isInstanceOfSatisfying(Receipt.class, receipt -> {
            assertThat(receipt.eventId()).isEqualTo(seen.get(1).id());
            assertThat(receipt.isDone()).isTrue();
        });
        assertThat(signals.of(Signal.Published.class)).hasSize(2);
        assertThat(bus.inspect().metrics().scheduled()).isZero();
    }

    @Test
    @Rule("P-7")
    void events_come_in_the_order_of_their_moments_and_equal_moments_in_the_order_of_the_calls() {
        EventBus bus = recording(builder());
        bus.publishAfter(HOUR.plusNanos(1), "last");
        bus.publishAfter(HOUR, "b");
        bus.publishAt(now().plus(HOUR), "c");
        bus.publishAfter(HOUR.minusNanos(1), "a");
        for (int i = 0; i < 100; i++) {
            bus.publishAfter(HOUR, i);
        }

        time.runStarted();

        List<Object> expected = new ArrayList<>(List.of("a", "b", "c"));
        for (int i = 0; i < 100; i++) {
            expected.add(i);
        }
        expected.add("last");
        assertThat(payloads()).isEqualTo(expected);
    }

    @Test
    @Rule("P-7")
    void a_moment_that_has_passed_is_now_but_not_in_the_thread_that_asks() {
        EventBus bus = recording(builder());

        ScheduledPublish past = bus.publishAt(Instant.MIN, "long ago");
        bus.publishAt(now().minusMillis(1), "just before");
        bus.publishAt(now(), "now");
        bus.publishAfter(Duration.ZERO, "at once");
        assertThat(payloads()).isEmpty();
        time.runStarted();

        assertThat(past.due()).isEqualTo(Instant.MIN);
        assertThat(time.waits()).isEmpty();
        assertThat(payloads()).containsExactly("long ago", "just before", "now", "at once");
    }

    @Test
    @Rule("P-7")
    void the_largest_durations_and_moments_do_not_overflow() {
        EventBus bus = recording(builder());

        ScheduledPublish after = bus.publishAfter(Duration.ofSeconds(Long.MAX_VALUE, 999_999_999), "after");
        ScheduledPublish at = bus.publishAt(Instant.MAX, "at");
        bus.publishAfter(HOUR, "soon");
        time.runStarted();

        assertThat(after.due()).isEqualTo(Instant.MAX);
        assertThat(at.due()).isEqualTo(Instant.MAX);
        assertThat(payloads()).containsExactly("soon", "after", "at");
        assertThat(time.waits()).containsExactly(HOUR.toNanos(), Long.MAX_VALUE / 4 - HOUR.toNanos());
    }

    @Test
    @Rule("P-7")
    void the_last_moment_that_there_is_is_reached_exactly() {
        EventBus bus = builder().build();

        ScheduledPublish last = bus.publishAfter(Duration.between(now(), Instant.MAX), "last");
        ScheduledPublish before = bus.publishAfter(Duration.between(now(), Instant.MAX).minusNanos(1), "before");

        assertThat(last.due()).isEqualTo(Instant.MAX);
        assertThat(before.due()).isEqualTo(Instant.MAX.minusNanos(1));
    }

    @ParameterizedTest
    @ValueSource(longs = {-3, 3})
    @Rule({"P-7", "T-1"})
    void a_jump_of_the_wall_clock_moves_nothing_that_was_scheduled_before(long hours) {
        EventBus bus = recording(builder());
        Instant due = now().plus(HOUR);
        ScheduledPublish scheduled = bus.publishAt(due, "before the jump");

        time.jumpWall(Duration.ofHours(hours).toMillis());
        bus.publishAt(now().plus(HOUR).plusMillis(1), "after the jump");
        time.runStarted();

        assertThat(scheduled.due()).isEqualTo(due);
        assertThat(time.waits()).containsExactly(HOUR.toNanos(), 1_000_000L);
        assertThat(payloads()).containsExactly("before the jump", "after the jump");
    }

    /* ---------------- what it follows from ---------------- */

    @Test
    @Rule({"P-7", "P-1"})
    void an_event_that_is_scheduled_inside_a_handler_follows_from_the_event_handled() {
        EventBus bus = recording(builder());
        bus.subscribe(Created.class, "reminds", created -> bus.publishAfter(HOUR, new Paid(created.id())));

        UUID root = bus.publish(new Created("INV-1"), options().correlationId("request-7")).eventId();
        time.runStarted();

        assertThat(seen.get(1).metadata()).satisfies(paid -> {
            assertThat(paid.causationId()).isEqualTo(root);
            assertThat(paid.correlationId()).isEqualTo("request-7");
            assertThat(paid.depth()).isOne();
        });
    }

    @Test
    @Rule({"P-7", "P-1"})
    void explicit_options_win_when_it_is_due_too() {
        EventBus bus = recording(builder());
        UUID cause = new UUID(3, 4);
        bus.subscribe(Created.class, "reminds", created -> bus.publishAt(now(), new Paid("x"), options()
                .id(new UUID(1, 2)).correlationId("mine").causationId(cause).timestamp(Instant.EPOCH).key(7L)
                .attribute("tenant", "acme")));

        bus.publish(new Created("INV-1"));
        time.runStarted();

        assertThat(seen.get(1).metadata()).isEqualTo(new Metadata(new UUID(1, 2), Paid.class.getName(), 1,
                Instant.EPOCH, "mine", cause, 1, 7L, java.util.Map.of("tenant", "acme")));
    }

    @Test
    @Rule({"P-7", "P-6"})
    void what_would_be_too_deep_is_refused_at_the_call() {
        EventBus bus = recording(builder().maxDepth(1).observe(signals));
        List<CausationTooDeepException> rejections = new ArrayList<>();
        bus.subscribe(String.class, "circle", text -> {
            try {
                bus.publishAfter(HOUR, "again");
            } catch (CausationTooDeepException tooDeep) {
                rejections.add(tooDeep);
            }
        });

        bus.publish("go");
        time.runStarted();

        assertThat(payloads()).containsExactly("go", "again");
        assertThat(rejections).hasSize(1);
        assertThat(bus.inspect().metrics().rejected()).isOne();
        assertThat(signals.of(Signal.Rejected.class)).hasSize(1);
    }

    /* ---------------- what is refused ---------------- */

    private void refuses(EventBus bus, Class<? extends Exception> type, ThrowingCallable call) {
        long before = bus.inspect().metrics().rejected();

        assertThatThrownBy(call).isInstanceOf(type);

        assertThat(bus.inspect().metrics().rejected()).isEqualTo(before + 1);
        assertThat(signals.of(Signal.Rejected.class)).hasSize((int) before + 1);
        assertThat(bus.inspect().metrics().scheduled()).isZero();
        assertThat(time.started()).isEmpty();
    }

    @Test
    @SuppressWarnings("NullAway") // bad use on purpose
    @Rule({"P-7", "P-4"})
    void what_can_never_be_published_is_refused_at_the_call_and_validators_run_then_alone() {
        AtomicInteger runs = new AtomicInteger();
        EventBus bus = recording(builder().observe(signals).validate(Paid.class,
                v -> v.require("id", !v.payload().id().isEmpty() && runs.incrementAndGet() > 0, "must be set")));

        refuses(bus, InvalidEventException.class, () -> bus.publishAfter(HOUR, new Paid("")));
        refuses(bus, InvalidEventException.class, () -> bus.publishAfter(HOUR, null));
        AtomicReference<Delivery<?>> delivery = new AtomicReference<>();
        bus.subscribe("keeps", s -> s.onEvent(String.class, delivery::set));
        bus.publish("x");
        refuses(bus, InvalidEventException.class, () -> bus.publishAt(now(), delivery.get()));

        bus.publishAfter(HOUR, new Paid("INV-1"));
        time.runStarted();
        assertThat(runs).hasValue(1);
        assertThat(payloads()).containsExactly("x", new Paid("INV-1"));
    }

    @Test
    @SuppressWarnings("NullAway") // bad use on purpose
    @Rule({"P-7", "M-1"})
    void bad_arguments_are_refused() {
        EventBus bus = builder().build();

        assertThatThrownBy(() -> bus.publishAfter(Duration.ofNanos(-1), "x"))
                .isInstanceOf(ConfigurationException.class).hasMessage("delay must be >= PT0S, was PT-0.000000001S");
        assertThatThrownBy(() -> bus.publishAfter(null, "x")).hasMessage("delay must not be null; pass a value");
        assertThatThrownBy(() -> bus.publishAt(null, "x")).hasMessage("due must not be null; pass a value");
        assertThatThrownBy(() -> bus.publishAfter(HOUR, "x", null))
                .hasMessage("options must not be null; pass a value");
        assertThatThrownBy(() -> bus.publishAt(now(), "x", null)).hasMessage("options must not be null; pass a value");
        assertThatThrownBy(() -> builder().scheduledLimit(0)).hasMessage("scheduledLimit must be >= 1, was 0");
        assertThat(time.started()).isEmpty();
    }

    @Test
    @Rule({"P-7", "M-1"})
    void what_waits_is_bounded_and_the_rejection_is_typed_counted_and_signalled() {
        EventBus bus = recording(builder().scheduledLimit(2).observe(signals));
        ScheduledPublish first = bus.publishAfter(HOUR, "1");
        bus.publishAfter(HOUR, "2");

        assertThatThrownBy(() -> bus.publishAfter(HOUR, new Created("3"))).isInstanceOfSatisfying(
                ScheduleFullException.class, full -> {
                    assertThat(full.limit()).isEqualTo(2);
                    assertThat(full.type()).isEqualTo("InvoiceCreated");
                });
        assertThat(bus.inspect().metrics().rejected()).isOne();
        assertThat(signals.of(Signal.Rejected.class)).hasSize(1);

        assertThat(first.cancel()).isTrue();
        bus.publishAfter(HOUR, "4");
        assertThatThrownBy(() -> bus.publishAfter(HOUR, "5")).isInstanceOf(ScheduleFullException.class);
        time.runStarted();
        bus.publishAfter(HOUR, "6");
        bus.publishAfter(HOUR, "7");
        time.runStarted();

        assertThat(payloads()).containsExactly("2", "4", "6", "7");
    }

    @Test
    @Rule({"P-7", "P-5"})
    void what_is_rejected_when_it_is_due_is_counted_signalled_logged_and_ends_the_completion() {
        EventBus bus = builder().noSubscription(NoSubscription.THROW).observe(signals).build();
        ScheduledPublish scheduled = bus.publishAfter(HOUR, new Created("INV-1"));

        try (CapturedLog log = CapturedLog.of("dev.eventbus")) {
            time.runStarted();

            assertThat(log.lines())
                    .containsExactly("WARN bus 'b': the publish of an event (InvoiceCreated) that was due "
                            + scheduled.due() + " failed: "
                            + new NoSubscriptionException("b", "InvoiceCreated").getMessage());
        }
        assertThat(end(scheduled)).isInstanceOfSatisfying(Throwable.class,
                failure -> assertThat(failure).hasCauseInstanceOf(NoSubscriptionException.class));
        assertThat(scheduled.isDone()).isTrue();
        assertThat(scheduled.isCancelled()).isFalse();
        assertThat(scheduled.cancel()).isFalse();
        assertThat(bus.inspect().metrics().rejected()).isOne();
        assertThat(signals.of(Signal.Rejected.class)).hasSize(1);
    }

    @Test
    @Rule({"P-7", "D-6"})
    void what_a_handler_throws_to_the_publisher_ends_the_completion_and_the_next_one_is_published() {
        EventBus bus = recording(builder());
        bus.subscribe("strict", s -> s.on(Created.class, created -> {
            throw new IOException("no");
        }).retry(dev.eventbus.policy.RetryPolicy.never()).propagate());
        ScheduledPublish scheduled = bus.publishAfter(HOUR, new Created("INV-1"));
        bus.publishAfter(HOUR, "next");

        time.runStarted();

        assertThat(end(scheduled)).isInstanceOfSatisfying(Throwable.class,
                failure -> assertThat(failure).hasCauseInstanceOf(HandlerFailedException.class));
        assertThat(payloads()).containsExactly(new Created("INV-1"), "next");
        assertThat(bus.inspect().metrics().rejected()).isZero();
    }

    /* ---------------- cancelling ---------------- */

    @Test
    @Rule("P-7")
    void one_that_is_cancelled_is_not_published_and_leaves_nothing_to_wait_for() {
        EventBus bus = recording(builder());
        ScheduledPublish scheduled = bus.publishAfter(HOUR, "x");

        assertThat(scheduled.cancel()).isTrue();
        assertThat(scheduled.cancel()).isFalse();
        time.runStarted();

        assertThat(seen).isEmpty();
        assertThat(time.waits()).isEmpty();
        assertThat(scheduled.isCancelled()).isTrue();
        assertThat(scheduled.isDone()).isTrue();
        assertThat(bus.inspect().metrics().scheduled()).isZero();
        assertThat(end(scheduled)).isInstanceOfSatisfying(Throwable.class, failure -> assertThat(failure.getCause())
                .isInstanceOf(CancellationException.class)
                .hasMessage("Bus 'b': an event (java.lang.String) scheduled for "
                        + scheduled.due() + " was cancelled by its publisher"));
    }

    @Test
    @Rule("P-7")
    void one_that_was_published_cannot_be_cancelled() {
        EventBus bus = recording(builder());
        ScheduledPublish scheduled = bus.publishAfter(HOUR, "x");
        List<Boolean> inHandler = new ArrayList<>();
        bus.subscribe(String.class, "late", text -> inHandler.add(scheduled.cancel() || scheduled.isCancelled()
                || scheduled.isDone()));

        time.runStarted();

        assertThat(inHandler).containsExactly(false);
        assertThat(scheduled.cancel()).isFalse();
        assertThat(scheduled.isCancelled()).isFalse();
        assertThat(seen).hasSize(1);
    }

    @Test
    @Rule("P-7")
    void one_that_is_due_at_the_same_moment_can_be_cancelled_by_the_handler_before_it() {
        EventBus bus = recording(builder().scheduledLimit(2));
        List<ScheduledPublish> scheduled = new ArrayList<>();
        List<Object> inHandler = new ArrayList<>();
        bus.subscribe(String.class, "cancels", text -> {
            inHandler.add(bus.inspect().metrics().scheduled()); // the other waits for its turn
            inHandler.add(scheduled.get(1).cancel());
            inHandler.add(bus.inspect().metrics().scheduled());
        });
        scheduled.add(bus.publishAfter(HOUR, "first"));
        scheduled.add(bus.publishAfter(HOUR, 2));

        time.runStarted();

        assertThat(inHandler).containsExactly(1, true, 0);
        assertThat(payloads()).containsExactly("first");
    }

    @Test
    @Rule({"P-7", "D-7"})
    void nothing_prints_the_payload_and_nothing_keeps_it_after_the_end() {
        EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).clocks(time).runtime(time).build();
        List<ScheduledPublish> kept = new ArrayList<>();
        List<WeakReference<Object>> payloads = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Secret secret = new Secret();
            payloads.add(new WeakReference<>(secret));
            kept.add(bus.publishAfter(HOUR, secret));
        }
        assertThat(kept.get(0)).hasToString("ScheduledPublish[type=" + Secret.class.getName() + ", due="
                + now().plus(HOUR) + "]");
        kept.get(1).cancel();
        time.runStarted();

        for (int i = 0; i < 20 && payloads.stream().anyMatch(payload -> !payload.refersTo(null)); i++) {
            System.gc();
        }

        // The first is held by its receipt, which has the envelope.
        assertThat(payloads.get(1).refersTo(null)).as("the payload of a cancelled one is still reachable").isTrue();
        assertThat(kept).hasSize(2);
    }
}
