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
import dev.eventbus.contract.Events.Secret;
import dev.eventbus.observe.CloseReport;
import dev.eventbus.observe.Signal;
import dev.eventbus.observe.WithdrawnPublish;
import dev.eventbus.publish.BusClosedException;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.publish.Receipt;
import dev.eventbus.publish.ScheduledPublish;
import dev.eventbus.subscribe.Dispatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What a shutdown does with scheduled publishes. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ScheduledShutdownTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final ManualTime time = new ManualTime();
    private final RecordedSignals signals = new RecordedSignals();
    private final List<Object> log = new ArrayList<>();

    private EventBusBuilder builder() {
        return EventBus.builder("b").dispatch(Dispatch.synchronous()).clocks(time).runtime(time).observe(signals);
    }

    private EventBus recording() {
        EventBus bus = builder().build();
        bus.subscribe(Object.class, "recorder", log::add);
        return bus;
    }

    private static Throwable failure(ScheduledPublish scheduled) {
        AtomicReference<Throwable> end = new AtomicReference<>();
        CompletionStage<Receipt> unused = scheduled.completion().whenComplete((receipt, thrown) -> end.set(thrown));
        assertThat(end.get()).as("the failure of " + scheduled).isNotNull();
        return end.get().getCause();
    }

    @Test
    @Rule({"S-1", "P-7"})
    void a_shutdown_waits_for_nothing_that_is_scheduled_and_lists_it_in_the_order_of_its_moments() {
        EventBus bus = recording();
        PublishOptions options = options().key("k");
        ScheduledPublish later = bus.publishAfter(HOUR.multipliedBy(2), "later", options);
        Created first = new Created("INV-1");
        ScheduledPublish sooner = bus.publishAfter(HOUR, first);
        bus.publishAfter(HOUR, "equal");
        bus.publishAfter(HOUR, "cancelled").cancel();

        CloseReport report = bus.shutdown(LONG);
        time.runStarted();

        assertThat(report.finished()).isTrue();
        assertThat(report.scheduled()).extracting(WithdrawnPublish::payload).containsExactly(first, "equal", "later");
        assertThat(report.scheduled()).extracting(WithdrawnPublish::type).containsExactly("InvoiceCreated",
                "java.lang.String", "java.lang.String");
        assertThat(report.scheduled().get(0).due()).isEqualTo(sooner.due());
        assertThat(report.scheduled().get(2)).isEqualTo(new WithdrawnPublish("java.lang.String", later.due(), "later",
                options));
        assertThat(report).hasToString("CloseReport[finished=true, returned=0, scheduled=3, elapsed=PT0S]");
        assertThat(log).isEmpty();
        assertThat(time.waits()).as("waits of the timers, for what was withdrawn").isEmpty();
        assertThat(bus.inspect().metrics().scheduled()).isZero();
        assertThat(bus.shutdown(LONG).scheduled()).isEqualTo(report.scheduled());
    }

    @Test
    @Rule({"S-1", "P-7"})
    void what_a_shutdown_withdraws_ends_as_cancelled() {
        EventBus bus = recording();
        ScheduledPublish scheduled = bus.publishAfter(HOUR, "x");

        bus.shutdown(Duration.ZERO);

        assertThat(scheduled.isCancelled()).isTrue();
        assertThat(scheduled.isDone()).isTrue();
        assertThat(scheduled.cancel()).isFalse();
        assertThat(failure(scheduled)).isInstanceOf(CancellationException.class)
                .hasMessage("Bus 'b': an event (java.lang.String) scheduled for " + scheduled.due()
                        + " was withdrawn by the shutdown; its report has it");
        assertThat(bus.inspect().metrics().rejected()).isZero();
    }

    @Test
    @Rule({"S-1", "P-7"})
    void nothing_can_be_scheduled_from_the_beginning_of_the_shutdown_on_not_even_in_a_delivery() {
        EventBus bus = recording();
        List<CloseReport> reports = new ArrayList<>();
        bus.subscribe(Created.class, "closes", created -> {
            bus.publishAfter(HOUR, "before");
            reports.add(bus.shutdown(LONG));
            bus.publish("a chain may end");
            assertThatThrownBy(() -> bus.publishAfter(HOUR, "after")).isInstanceOf(BusClosedException.class);
        });

        bus.publish(new Created("INV-1"));

        assertThat(log).containsExactly(new Created("INV-1"), "a chain may end");
        assertThat(reports.get(0).finished()).isFalse();
        assertThat(reports.get(0).scheduled()).extracting(WithdrawnPublish::payload).containsExactly("before");
        assertThat(bus.shutdown(LONG).scheduled()).isEqualTo(reports.get(0).scheduled());
        assertThatThrownBy(() -> bus.publishAt(Instant.EPOCH, "x")).isInstanceOf(BusClosedException.class);
        assertThat(bus.inspect().metrics().rejected()).isEqualTo(2);
        assertThat(signals.of(Signal.Rejected.class)).hasSize(2);
    }

    @Test
    @Rule({"S-1", "P-7"})
    void one_whose_publish_had_begun_is_rejected_like_any_other_and_those_behind_it_are_withdrawn() {
        EventBus bus = builder().build();
        List<CloseReport> reports = new ArrayList<>();
        bus.subscribe("s", s -> s.on(String.class, log::add).filter(String.class, event -> {
            reports.add(bus.shutdown(Duration.ZERO)); // in the thread of the publish, before it is accepted
            return true;
        }));
        ScheduledPublish begun = bus.publishAfter(HOUR, "begun");
        ScheduledPublish behind = bus.publishAfter(HOUR, "behind");

        time.runStarted();

        assertThat(log).isEmpty();
        assertThat(begun.isCancelled()).isFalse();
        assertThat(failure(begun)).isInstanceOf(BusClosedException.class);
        assertThat(failure(behind)).isInstanceOf(CancellationException.class);
        assertThat(reports).singleElement().satisfies(report -> assertThat(report.scheduled())
                .extracting(WithdrawnPublish::payload).containsExactly("behind"));
    }

    @Test
    @Rule({"S-1", "P-7"})
    void a_validator_that_shuts_down_leaves_nothing_scheduled() {
        List<EventBus> bus = new ArrayList<>();
        bus.add(builder().validate(String.class, v -> bus.get(0).shutdown(Duration.ZERO)).build());

        assertThatThrownBy(() -> bus.get(0).publishAfter(HOUR, "x")).isInstanceOf(BusClosedException.class);

        assertThat(bus.get(0).inspect().metrics().scheduled()).isZero();
        assertThat(bus.get(0).inspect().metrics().rejected()).isOne();
        assertThat(bus.get(0).shutdown(LONG).scheduled()).isEmpty();
        assertThat(time.started()).isEmpty();
    }

    @Test
    @Rule({"S-1", "P-7"})
    void after_a_shutdown_validators_do_not_run_for_nothing() {
        EventBus bus = builder().validate(String.class, v -> log.add("validated")).build();
        bus.shutdown(LONG);

        assertThatThrownBy(() -> bus.publishAfter(HOUR, "x")).isInstanceOf(BusClosedException.class);

        assertThat(log).isEmpty();
    }

    @Test
    @Rule({"S-1", "P-7"})
    void what_follows_from_a_withdrawal_finds_the_bus_closed_and_may_ask_for_the_report() {
        EventBus bus = recording();
        List<Object> found = new ArrayList<>();
        CompletionStage<Receipt> unused = bus.publishAfter(HOUR, "x").completion().whenComplete((receipt, failure) -> {
            assertThatThrownBy(() -> bus.publish("y")).isInstanceOf(BusClosedException.class);
            found.add(bus.shutdown(LONG).scheduled().size());
        });

        CloseReport report = bus.shutdown(LONG);

        assertThat(found).containsExactly(1);
        assertThat(report.scheduled()).hasSize(1);
    }

    @Test
    @Rule({"S-1", "P-7"})
    void close_logs_what_it_withdrew_and_prints_no_payload() {
        EventBus bus = recording();
        Secret secret = new Secret();
        ScheduledPublish scheduled = bus.publishAfter(HOUR, secret);
        String type = Secret.class.getName();

        try (CapturedLog lines = CapturedLog.of("dev.eventbus")) {
            bus.close();

            assertThat(lines.lines()).containsExactly("WARN bus 'b': closed with 1 scheduled publishes withdrawn",
                    "WARN bus 'b': withdrawn: " + type + " due " + scheduled.due());
        }
        WithdrawnPublish withdrawn = bus.shutdown(LONG).scheduled().get(0);
        assertThat(withdrawn.payload() == secret).isTrue();
        assertThat(withdrawn.toString()).isEqualTo("WithdrawnPublish[type=" + type + ", due=" + scheduled.due() + "]");
    }

    @Test
    @Rule("D-7")
    void withdrawn_ones_are_equal_when_their_payloads_are_the_same_and_all_else_is_equal() {
        Secret secret = new Secret();
        WithdrawnPublish one = new WithdrawnPublish("t", Instant.EPOCH, secret, options());

        assertThat(one).isEqualTo(new WithdrawnPublish("t", Instant.EPOCH, secret, options()))
                .hasSameHashCodeAs(new WithdrawnPublish("t", Instant.EPOCH, secret, options()))
                .isNotEqualTo(new WithdrawnPublish("t", Instant.EPOCH, new Secret(), options()))
                .isNotEqualTo(new WithdrawnPublish("u", Instant.EPOCH, secret, options()))
                .isNotEqualTo(new WithdrawnPublish("t", Instant.MAX, secret, options()))
                .isNotEqualTo(new WithdrawnPublish("t", Instant.EPOCH, secret, options().key("k")))
                .isNotEqualTo("t");
        assertThat(one.hashCode()).isNotEqualTo(new WithdrawnPublish("u", Instant.EPOCH, secret, options()).hashCode());
    }
}
