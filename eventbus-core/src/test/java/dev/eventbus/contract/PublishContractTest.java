/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.contract;

import static dev.eventbus.publish.PublishOptions.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.eventbus.EventBus;
import dev.eventbus.contract.Events.Created;
import dev.eventbus.contract.Events.InvoiceEvent;
import dev.eventbus.contract.Events.Paid;
import dev.eventbus.event.EventEnvelope;
import dev.eventbus.event.Metadata;
import dev.eventbus.observe.Signal;
import dev.eventbus.publish.BusClosedException;
import dev.eventbus.publish.CausationTooDeepException;
import dev.eventbus.publish.InvalidEventException;
import dev.eventbus.publish.NoSubscription;
import dev.eventbus.publish.NoSubscriptionException;
import dev.eventbus.publish.Outcome;
import dev.eventbus.publish.PendingFullException;
import dev.eventbus.publish.PublishRejectedException;
import dev.eventbus.publish.Violation;
import dev.eventbus.subscribe.Dispatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PublishContractTest {
    private final List<EventEnvelope<?>> seen = new ArrayList<>();
    private final RecordedSignals signals = new RecordedSignals();

    private EventBus recording(EventBus bus) {
        bus.subscribe("recorder", s -> s.onEvent(Object.class, delivery -> seen.add(delivery.event())));
        return bus;
    }

    private Metadata seen(int index) {
        return seen.get(index).metadata();
    }

    @Test
    @Rule("P-1")
    void a_root_event_gets_id_type_version_time_and_its_own_id_as_correlation() {
        ManualTime time = new ManualTime();
        EventBus bus = recording(
                EventBus.builder("b").dispatch(Dispatch.synchronous()).clocks(time).runtime(time).build());

        UUID id = bus.publish(new Created("INV-1")).eventId();

        assertThat(seen(0)).isEqualTo(new Metadata(id, "InvoiceCreated", 2, Instant.ofEpochMilli(time.wallMillis()),
                id.toString(), null, 0, null, java.util.Map.of()));
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
    }

    @Test
    @Rule("P-1")
    void a_type_without_annotation_is_named_by_its_class() {
        EventBus bus = recording(EventBus.builder("b").dispatch(Dispatch.synchronous()).build());

        bus.publish(new Paid("INV-1"));

        assertThat(seen(0).type()).isEqualTo(Paid.class.getName());
        assertThat(seen(0).version()).isOne();
    }

    @Test
    @Rule("P-1")
    void an_event_published_in_a_handler_inherits_correlation_and_is_caused_by_the_event_handled() {
        EventBus bus = recording(EventBus.builder("b").dispatch(Dispatch.synchronous()).build());
        bus.subscribe("first", s -> s.onEvent(Created.class, d -> d.publisher().publish(new Paid(d.payload().id()))));
        bus.subscribe(Paid.class, "second", paid -> bus.publish("third"));

        UUID root = bus.publish(new Created("INV-1")).eventId();

        assertThat(seen).extracting(e -> e.metadata().depth()).containsExactly(0, 1, 2);
        assertThat(seen).extracting(e -> e.metadata().correlationId()).containsOnly(root.toString());
        assertThat(seen).extracting(e -> e.metadata().causationId()).containsExactly(null, root, seen.get(1).id());
    }

    @Test
    @Rule("P-1")
    void an_explicit_correlation_is_inherited_by_the_whole_tree() {
        EventBus bus = recording(EventBus.builder("b").dispatch(Dispatch.synchronous()).build());
        bus.subscribe(Created.class, "first", created -> bus.publish(new Paid(created.id())));
        bus.subscribe(Paid.class, "second", paid -> bus.publish("third"));

        bus.publish(new Created("INV-1"), options().correlationId("request-7"));

        assertThat(seen).extracting(e -> e.metadata().correlationId()).containsExactly("request-7", "request-7",
                "request-7");
    }

    @Test
    @Rule("P-1")
    void explicit_options_win_over_what_is_inherited() {
        EventBus bus = recording(EventBus.builder("b").dispatch(Dispatch.synchronous()).build());
        UUID id = new UUID(1, 2);
        UUID cause = new UUID(3, 4);
        bus.subscribe(Created.class, "first", created -> bus.publish(new Paid("x"),
                options().id(id).correlationId("mine").causationId(cause).timestamp(Instant.EPOCH.plusNanos(1)).key(7L)
                        .attribute("tenant", "acme")));

        bus.publish(new Created("INV-1"));

        assertThat(seen(1))
                .isEqualTo(new Metadata(id, Paid.class.getName(), 1, Instant.EPOCH.plusNanos(1), "mine", cause, 1,
                        7L, java.util.Map.of("tenant", "acme")));
    }

    @Test
    @Rule("P-1")
    void ids_rise_strictly_when_the_wall_clock_steps_back() {
        ManualTime time = new ManualTime();
        EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).clocks(time).runtime(time).build();
        UUID last = bus.publish("0").eventId();
        for (long step : new long[] {-1, -10_000, -3_600_000, 0, 3_600_000}) {
            time.jumpWall(step);
            UUID next = bus.publish("n").eventId();
            assertThat(next).isGreaterThan(last);
            last = next;
        }
    }

    @Test
    @Rule("P-1")
    void an_explicit_id_can_be_published_twice() {
        EventBus bus = recording(EventBus.builder("b").dispatch(Dispatch.synchronous()).build());
        UUID id = new UUID(1, 2);

        bus.publish("a", options().id(id));
        bus.publish("a", options().id(id));

        assertThat(seen).extracting(EventEnvelope::id).containsExactly(id, id);
    }

    @Test
    @Rule("P-1")
    void causation_crosses_from_one_bus_to_another() {
        EventBus inner = recording(EventBus.builder("inner").dispatch(Dispatch.synchronous()).build());
        EventBus outer = EventBus.builder("outer").dispatch(Dispatch.synchronous()).build();
        outer.subscribe(Created.class, "bridge", created -> inner.publish(new Paid(created.id())));

        UUID root = outer.publish(new Created("INV-1")).eventId();

        assertThat(seen(0).causationId()).isEqualTo(root);
        assertThat(seen(0).depth()).isOne();
    }

    @Test
    @Rule("P-2")
    void a_rejected_event_reaches_nobody_and_is_counted_and_signalled() {
        EventBus bus = recording(EventBus.builder("b").dispatch(Dispatch.synchronous()).observe(signals)
                .validate(Paid.class, v -> v.require("id", false, "must not be")).build());

        assertThatThrownBy(() -> bus.publish(new Paid("x"))).isInstanceOf(InvalidEventException.class);

        assertThat(seen).isEmpty();
        assertThat(bus.inspect().metrics().rejected()).isOne();
        assertThat(bus.inspect().metrics().published()).isZero();
        assertThat(signals.of(Signal.Rejected.class)).hasSize(1);
        assertThat(signals.of(Signal.Published.class)).isEmpty();
    }

    @Test
    @Rule("P-2")
    void each_reason_has_its_own_exception_that_names_bus_and_type() {
        EventBus closed = EventBus.builder("billing").dispatch(Dispatch.synchronous()).build();
        closed.close();
        EventBus strict = EventBus.builder("strict").dispatch(Dispatch.synchronous())
                .noSubscription(NoSubscription.THROW).build();

        PublishRejectedException afterClose = catchThrowableOfType(BusClosedException.class,
                () -> closed.publish(new Created("x")));
        PublishRejectedException unmatched = catchThrowableOfType(NoSubscriptionException.class,
                () -> strict.publish(new Created("x")));
        PublishRejectedException missing = catchThrowableOfType(InvalidEventException.class, () -> publishNull(strict));

        assertThat(afterClose.bus()).isEqualTo("billing");
        assertThat(afterClose).hasMessage("Bus 'billing' rejected an event (InvoiceCreated): it is closed; "
                + "publish before shutdown() or keep the bus open longer");
        assertThat(unmatched.type()).isEqualTo("InvoiceCreated");
        assertThat(missing).hasMessage(
                "Bus 'strict' rejected an event (null): payload must not be null; publish an object");
    }

    @SuppressWarnings("NullAway") // bad use on purpose
    private static void publishNull(EventBus bus) {
        bus.publish(null);
    }

    @Test
    @Rule({"P-2", "M-1"})
    void events_published_inside_handlers_are_bounded() {
        EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).pendingLimit(3).build();
        List<Class<?>> rejections = new ArrayList<>();
        List<Integer> handled = new ArrayList<>();
        bus.subscribe(Integer.class, "numbers", handled::add);
        bus.subscribe(String.class, "many", text -> {
            for (int i = 0; i < 5; i++) {
                try {
                    bus.publish(i);
                } catch (PendingFullException full) {
                    assertThat(full.limit()).isEqualTo(3);
                    rejections.add(full.getClass());
                }
            }
        });

        bus.publish("go");

        assertThat(handled).containsExactly(0, 1, 2);
        assertThat(rejections).hasSize(2);
        assertThat(bus.inspect().metrics().rejected()).isEqualTo(2);
    }

    @Test
    @Rule("P-4")
    void all_validators_of_the_class_its_superclasses_and_interfaces_report_every_violation_at_once() {
        EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous())
                .validate(InvoiceEvent.class,
                        v -> v.require("id", v.payload().id().startsWith("INV-"), "must start with INV-"))
                .validate(Created.class, v -> {
                    v.require("id", v.payload().id().length() > 4, "must be longer");
                    v.require("other", false, "must hold");
                })
                .validate(Paid.class, v -> v.require("never", false, "is for another type")).build();

        InvalidEventException invalid = catchThrowableOfType(InvalidEventException.class,
                () -> bus.publish(new Created("x")));

        assertThat(invalid.violations()).containsExactly(new Violation("id", "must start with INV-"),
                new Violation("id", "must be longer"), new Violation("other", "must hold"));
        assertThat(invalid).hasMessage("Bus 'b' rejected an event (InvoiceCreated): id must start with INV-; "
                + "id must be longer; other must hold");
    }

    @Test
    @Rule({"P-4", "D-7"})
    void a_validator_that_throws_rejects_the_event_and_is_the_cause() {
        StackOverflowError failure = new StackOverflowError();
        EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).validate(Object.class, v -> {
            throw failure;
        }).build();

        assertThatThrownBy(() -> bus.publish("x")).isInstanceOf(InvalidEventException.class).hasCause(failure)
                .hasMessageContaining("a validator threw java.lang.StackOverflowError");
    }

    @Test
    @Rule("P-5")
    void an_event_without_subscription_is_counted_and_signalled_and_accepted_unless_the_policy_throws() {
        EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).observe(signals).build();
        bus.subscribe(Paid.class, "other", paid -> {});
        bus.subscribe("filtered", s -> s.on(Created.class, c -> {}).filter(Created.class, e -> false));

        assertThat(bus.publish("text").outcomes()).isEmpty();
        assertThat(bus.publish(new Created("x")).outcomes()).isEmpty();

        assertThat(bus.inspect().metrics().unmatched()).isEqualTo(2);
        assertThat(bus.inspect().metrics().published()).isEqualTo(2);
        assertThat(bus.inspect().metrics().subscriptions().get("filtered").filtered()).isOne();
        assertThat(signals.of(Signal.Unmatched.class)).hasSize(2);
    }

    @Test
    @Rule("P-5")
    void the_policy_can_reject_events_without_subscription() {
        EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).noSubscription(NoSubscription.THROW)
                .build();

        assertThatThrownBy(() -> bus.publish("text")).isInstanceOf(NoSubscriptionException.class);

        assertThat(bus.inspect().metrics().unmatched()).isOne();
        assertThat(bus.inspect().metrics().published()).isZero();
    }

    @Test
    @Rule("P-5")
    void the_policy_can_log_events_without_subscription() {
        try (CapturedLog log = CapturedLog.of("dev.eventbus")) {
            EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).noSubscription(NoSubscription.LOG)
                    .build();

            UUID id = bus.publish(new Created("x")).eventId();

            assertThat(log.lines()).containsExactly("WARN bus 'b': no subscription matches event " + id
                    + " (InvoiceCreated); subscribe to its type or choose NoSubscription.IGNORE");
        }
    }

    @Test
    @Rule("P-6")
    void handlers_that_publish_in_a_circle_come_to_an_end() {
        EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).maxDepth(5).build();
        List<Integer> depths = new ArrayList<>();
        List<CausationTooDeepException> rejections = new ArrayList<>();
        bus.subscribe("circle", s -> s.onEvent(String.class, d -> {
            depths.add(d.event().metadata().depth());
            try {
                bus.publish("again");
            } catch (CausationTooDeepException tooDeep) {
                rejections.add(tooDeep);
            }
        }));

        bus.publish("go");

        assertThat(depths).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(rejections).singleElement().satisfies(tooDeep -> {
            assertThat(tooDeep.depth()).isEqualTo(6);
            assertThat(tooDeep.limit()).isEqualTo(5);
        });
    }

    @Test
    @Rule("P-6")
    void the_depth_is_64_unless_set_and_a_rejection_that_is_not_caught_is_a_failed_delivery() {
        ManualTime time = new ManualTime();
        EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).clocks(time).runtime(time).build();
        int[] runs = new int[1];
        bus.subscribe("circle", s -> s.on(String.class, text -> {
            runs[0]++;
            bus.publish("again");
        }).retry(dev.eventbus.policy.RetryPolicy.never()));

        assertThat(bus.publish("go").outcomes()).containsValue(Outcome.HANDLED);

        assertThat(runs[0]).isEqualTo(65);
        assertThat(bus.deadLetters().size()).isOne();
        assertThat(bus.shutdown(Duration.ofSeconds(1)).returned()).isEmpty();
    }
}
