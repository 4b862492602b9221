/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.EventBus;
import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.deadletter.RedriveReport;
import dev.eventbus.observe.CloseReport;
import dev.eventbus.observe.Signal;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.Outcome;
import dev.eventbus.publish.Receipt;
import dev.eventbus.publish.WouldDeadlockException;
import dev.eventbus.subscribe.Dispatch;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A redrive keeps the books in the strangest places: across buses, inside itself, on a broken runtime. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class RedriveAdversityTest {
    private final List<String> log = new ArrayList<>();
    private boolean broken = true;

    private static EventBus bus(String name) {
        return EventBus.builder(name).dispatch(Dispatch.synchronous()).retry(RetryPolicy.never()).build();
    }

    /** Publishes on a, whose handler publishes on b, whose handler redrives a's letter; its handler does the rest. */
    private void chain(EventBus a, EventBus b, Runnable inTheMiddle, Runnable rest) {
        a.subscribe(String.class, "fragile", text -> {
            if (broken) {
                throw new IOException("no");
            }
            rest.run();
        });
        a.subscribe(Integer.class, "into b", n -> b.publish(1));
        b.subscribe(Integer.class, "b1", n -> {
            log.add("b1 " + n);
            if (n == 1) {
                inTheMiddle.run();
                a.deadLetters().redrive(DeadLetterQuery.all());
            }
        });
        b.subscribe(Integer.class, "b2", n -> log.add("b2 " + n));
        a.publish("x");
        broken = false;
        a.publish(0);
    }

    @Test
    @Rule({"O-3", "O-4"})
    void what_follows_on_the_bus_in_between_does_not_overtake_its_current_event() {
        EventBus b = bus("b");

        chain(bus("a"), b, () -> {}, () -> b.publish(2));

        assertThat(log).containsExactly("b1 1", "b2 1", "b1 2", "b2 2");
    }

    @Test
    @Rule("S-1")
    void a_shutdown_of_the_bus_in_between_knows_that_it_is_inside() {
        EventBus b = bus("b");
        List<CloseReport> reports = new ArrayList<>();

        chain(bus("a"), b, () -> {}, () -> reports.add(b.shutdown(Duration.ofSeconds(600))));

        assertThat(reports).singleElement().satisfies(report -> assertThat(report.finished()).isFalse());
        assertThat(log).containsExactly("b1 1", "b2 1");
    }

    @Test
    @Rule("O-4")
    void a_receipt_of_the_bus_in_between_cannot_be_awaited() {
        EventBus b = bus("b");
        List<Receipt> waiting = new ArrayList<>();

        chain(bus("a"), b, () -> waiting.add(b.publish(3)), () -> {
            assertThatThrownBy(() -> waiting.get(0).await(Duration.ofSeconds(600)))
                    .isInstanceOf(WouldDeadlockException.class);
            log.add("refused");
        });

        assertThat(log).contains("refused").endsWith("b1 3", "b2 3");
    }

    @Test
    @Rule("X-3")
    void a_runtime_that_breaks_a_redrive_leaves_the_letter_as_it_was() {
        FragileRuntime runtime = new FragileRuntime();
        EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).clocks(runtime).runtime(runtime)
                .retry(RetryPolicy.fixed(Duration.ofMillis(5)).maxAttempts(2)).build();
        bus.subscribe(String.class, "s", text -> {
            throw new IOException("no");
        });
        bus.publish("x");
        List<DeadLetter> before = bus.deadLetters().find(DeadLetterQuery.all());
        runtime.breakNextPark();

        assertThatThrownBy(() -> bus.deadLetters().redrive(DeadLetterQuery.all()))
                .isInstanceOf(IllegalStateException.class);

        assertThat(bus.deadLetters().find(DeadLetterQuery.all())).isEqualTo(before);
    }

    @Test
    @Rule({"X-3", "D-5"})
    void the_same_error_of_the_machine_from_each_letter_is_thrown_once_and_all_letters_are_tried() {
        EventBus bus = bus("b");
        InternalError same = new InternalError("planted");
        bus.subscribe(String.class, "s", text -> {
            throw same;
        });
        for (String text : List.of("x", "y", "z")) {
            assertThatThrownBy(() -> bus.publish(text)).isSameAs(same);
        }

        assertThatThrownBy(() -> bus.deadLetters().redrive(DeadLetterQuery.all())).isSameAs(same);

        assertThat(bus.deadLetters().find(DeadLetterQuery.all())).allSatisfy(l -> assertThat(l.attempts()).hasSize(2));
    }

    @Test
    @Rule({"X-3", "M-1"})
    void redrives_inside_redriven_deliveries_do_nothing() {
        EventBus bus = bus("b");
        List<RedriveReport> inner = new ArrayList<>();
        bus.subscribe(String.class, "s", text -> {
            if (!broken) {
                inner.add(bus.deadLetters().redrive(DeadLetterQuery.all()));
            }
            throw new IOException("no");
        });
        for (int i = 0; i < 20; i++) {
            bus.publish("x");
        }
        broken = false;

        assertThat(bus.deadLetters().redrive(DeadLetterQuery.all())).isEqualTo(new RedriveReport(0, 20, 0));

        assertThat(inner).hasSize(20).containsOnly(new RedriveReport(0, 0, 20));
    }

    @Test
    @Rule("D-1")
    void a_clock_that_throws_after_a_handler_has_succeeded_does_not_call_it_again() {
        for (int read = 1; read <= 4; read++) {
            FragileRuntime runtime = new FragileRuntime();
            int at = read;
            List<Signal> handled = new ArrayList<>();
            EventBus bus = EventBus.builder("b").dispatch(Dispatch.synchronous()).clocks(runtime).observe(signal -> {
                if (signal instanceof Signal.Handled) {
                    handled.add(signal);
                }
            }).build();
            int[] calls = new int[1];
            bus.subscribe(String.class, "s", text -> {
                calls[0]++;
                runtime.breakClockAt(at);
            });

            assertThat(bus.publish("x").outcomes()).containsEntry("s", Outcome.HANDLED);

            assertThat(calls[0]).isOne();
            assertThat(handled).hasSize(1);
        }
    }
}
