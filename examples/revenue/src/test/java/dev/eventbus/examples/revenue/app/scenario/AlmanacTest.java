/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.EventBus;
import dev.eventbus.event.EventEnvelope;
import dev.eventbus.examples.revenue.event.CustomerDeleted;
import dev.eventbus.examples.revenue.event.PaymentDue;
import dev.eventbus.examples.revenue.event.ReminderDue;
import dev.eventbus.publish.InvalidEventException;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.publish.ScheduleFullException;
import dev.eventbus.publish.ScheduledPublish;
import dev.eventbus.subscribe.Dispatch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
final class AlmanacTest {
    private static final Instant BEGIN = Instant.parse("2025-01-01T00:00:00Z");

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private EventBus bus = EventBus.builder("almanac").dispatch(Dispatch.synchronous())
            .validate(ReminderDue.class,
                    due -> due.require("number", !due.payload().number().isBlank(), "must not be blank"))
            .build();
    private Almanac almanac = new Almanac(bus, BEGIN);

    @AfterEach
    void close() {
        bus.close();
    }

    private static Instant day(int day) {
        return BEGIN.plus(Duration.ofDays(day));
    }

    private void note() {
        bus.subscribe(ReminderDue.class, "notes", due -> seen.add(due.number() + " at " + almanac.now()));
    }

    private ScheduledPublish remind(int day, String number) {
        return almanac.publishAt(day(day), new ReminderDue(number));
    }

    @Test
    void publishes_in_the_order_of_the_moments_and_equal_ones_as_scheduled() {
        note();
        remind(3, "c");
        remind(1, "a");
        remind(3, "d");
        remind(2, "b");

        almanac.turnTo(day(3), () -> seen.add("rest"));

        assertThat(seen).containsExactly("a at " + day(1), "rest", "b at " + day(2), "rest", "c at " + day(3), "rest",
                "d at " + day(3), "rest");
        assertThat(almanac.size()).isZero();
    }

    @Test
    void keeps_what_is_due_a_moment_later() {
        note();
        ScheduledPublish later = remind(2, "b");

        almanac.turnTo(day(2).minusNanos(1), () -> {});
        assertThat(seen).isEmpty();
        assertThat(later.isDone()).isFalse();
        assertThat(almanac.now()).isEqualTo(day(2).minusNanos(1));

        almanac.turnTo(day(2), () -> {});
        assertThat(seen).hasSize(1);
        assertThat(later.isDone()).isTrue();
        assertThat(later.isCancelled()).isFalse();
        assertThat(later.completion().toCompletableFuture()).isCompletedWithValueMatching(r -> r.isDone());
    }

    @Test
    void counts_a_delay_from_its_own_time() {
        note();
        almanac.turnTo(day(10), () -> {});

        assertThat(almanac.publishAfter(Duration.ofDays(2), new ReminderDue("a")).due()).isEqualTo(day(12));
    }

    @Test
    void publishes_what_has_passed_at_the_next_turn_and_never_goes_back() {
        note();
        almanac.turnTo(day(10), () -> {});
        remind(4, "late");

        almanac.turnTo(day(5), () -> {});

        assertThat(seen).containsExactly("late at " + day(10));
    }

    @Test
    void what_was_cancelled_is_not_published_and_takes_no_room() {
        note();
        ScheduledPublish cancelled = remind(1, "a");

        assertThat(cancelled.cancel()).isTrue();
        assertThat(cancelled.cancel()).isFalse();
        assertThat(almanac.size()).isZero();
        almanac.turnTo(day(2), () -> {});

        assertThat(seen).isEmpty();
        assertThat(cancelled.isCancelled()).isTrue();
        assertThat(cancelled.isDone()).isTrue();
        assertThatThrownBy(() -> cancelled.completion().toCompletableFuture().join())
                .hasRootCauseInstanceOf(CancellationException.class);
    }

    @Test
    void what_was_published_cannot_be_cancelled() {
        ScheduledPublish published = remind(1, "a");
        almanac.turnTo(day(1), () -> {});

        assertThat(published.cancel()).isFalse();
        assertThat(published.isCancelled()).isFalse();
    }

    @Test
    void is_bounded() {
        for (int i = 0; i < Almanac.LIMIT; i++) {
            remind(1, "a");
        }

        assertThatThrownBy(() -> remind(1, "b")).isInstanceOf(ScheduleFullException.class)
                .hasMessageContaining("limit=100000");
    }

    @Test
    void tells_the_one_who_turns_it_what_the_bus_refuses() {
        ScheduledPublish refused = remind(1, " ");

        assertThatThrownBy(() -> almanac.turnTo(day(1), () -> {})).isInstanceOf(InvalidEventException.class);
        assertThat(refused.completion().toCompletableFuture()).isCompletedExceptionally();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void what_a_handler_schedules_follows_from_the_event_it_handles(boolean virtual) throws InterruptedException {
        bus.close();
        bus = EventBus.builder("almanac").dispatch(virtual ? Dispatch.virtualThreads() : Dispatch.synchronous())
                .build();
        almanac = new Almanac(bus, BEGIN);
        AtomicReference<EventEnvelope<?>> cause = new AtomicReference<>();
        AtomicReference<EventEnvelope<?>> effect = new AtomicReference<>();
        bus.subscribe("timers", s -> s.onEvent(CustomerDeleted.class, delivery -> {
            cause.set(delivery.event());
            almanac.publishAt(day(3), new PaymentDue("1"), PublishOptions.options().key("1"));
        }));
        bus.subscribe("dues", s -> s.onEvent(PaymentDue.class, delivery -> effect.set(delivery.event())));

        bus.publish(new CustomerDeleted("20001"), PublishOptions.options().correlationId("op-1"));
        assertThat(bus.drain(Duration.ofSeconds(10))).isTrue();
        almanac.turnTo(day(3), () -> {});
        assertThat(bus.drain(Duration.ofSeconds(10))).isTrue();

        assertThat(effect.get().metadata().correlationId()).isEqualTo("op-1");
        assertThat(effect.get().metadata().causationId()).isEqualTo(cause.get().id());
        assertThat(effect.get().metadata().depth()).isEqualTo(1);
        assertThat(effect.get().metadata().key()).isEqualTo("1");
    }
}
