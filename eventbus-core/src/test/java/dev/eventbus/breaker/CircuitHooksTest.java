/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.breaker;

import static dev.eventbus.breaker.CircuitState.CLOSED;
import static dev.eventbus.breaker.CircuitState.FORCED_OPEN;
import static dev.eventbus.breaker.CircuitState.HALF_OPEN;
import static dev.eventbus.breaker.CircuitState.OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.eventbus.breaker.CircuitBreaker.Change;
import dev.eventbus.fixture.Threads;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Who registered is told, in order, outside the lock, and whatever others do. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CircuitHooksTest {
    private final Circuit circuit = new Circuit(Circuit.TOUCHY);
    private final List<String> told = new ArrayList<>();

    @Test
    void changes_are_told_one_after_the_other_and_before_room() {
        circuit.breaker.onRoom(() -> told.add("room"));
        circuit.breaker.onChange(change -> told.add("first " + change.to()));
        circuit.breaker.onChange(change -> told.add("second " + change.to()));

        circuit.open();
        circuit.clocks.advance(Circuit.OPEN_FOR);
        circuit.succeed();

        assertThat(circuit.changes).containsExactly(new Change(CLOSED, OPEN), new Change(OPEN, HALF_OPEN),
                new Change(HALF_OPEN, CLOSED));
        assertThat(told).containsExactly("first OPEN", "second OPEN", "first HALF_OPEN", "second HALF_OPEN", "room",
                "first CLOSED", "second CLOSED", "room");
    }

    @Test
    void who_is_removed_is_told_no_more_and_may_be_removed_twice() {
        Runnable removesChange = circuit.breaker.onChange(change -> told.add("change"));
        Runnable removesRoom = circuit.breaker.onRoom(() -> told.add("room"));
        circuit.breaker.forceOpen();
        circuit.breaker.reset();
        assertThat(told).containsExactly("change", "change", "room");

        removesChange.run();
        removesChange.run();
        removesRoom.run();
        circuit.breaker.forceOpen();
        circuit.breaker.reset();

        assertThat(told).hasSize(3);
        assertThat(circuit.changes).hasSize(4);
        assertThat(circuit.room).isEqualTo(2);
    }

    @Test
    void the_state_is_the_new_one_when_it_is_told_and_the_breaker_may_be_used() {
        circuit.breaker.onChange(change -> {
            told.add(change.to() + " " + circuit.breaker.state());
            if (change.to() == FORCED_OPEN) {
                circuit.breaker.reset();
            }
        });

        circuit.breaker.forceOpen();

        assertThat(told).containsExactly("FORCED_OPEN FORCED_OPEN", "CLOSED CLOSED");
        assertThat(circuit.breaker.state()).isEqualTo(CLOSED);
    }

    @Test
    void no_lock_is_held_while_somebody_is_told() {
        Circuit halfOpen = Circuit.in(HALF_OPEN, Circuit.TOUCHY);
        halfOpen.breaker.onRoom(() -> told.add(elsewhere(halfOpen)));
        halfOpen.breaker.onChange(change -> told.add(elsewhere(halfOpen)));
        Permit permit = halfOpen.permit();
        halfOpen.refused();

        permit.unused();
        halfOpen.fail();
        halfOpen.clocks.advance(Circuit.OPEN_FOR);
        halfOpen.permit();
        halfOpen.breaker.reset();

        assertThat(told).containsExactly("HALF_OPEN", "OPEN", "OPEN", "HALF_OPEN", "HALF_OPEN", "CLOSED", "CLOSED");
    }

    /** Reads the state in another thread, under the lock. */
    private static String elsewhere(Circuit circuit) {
        return Threads.result(Threads.start(() -> circuit.breaker.metrics().state().name()), "the lock");
    }

    @Test
    void one_that_throws_is_logged_once_and_harms_nobody() {
        Logger logger = (Logger) LoggerFactory.getLogger("dev.eventbus");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.WARN);
        logger.setAdditive(false);
        CircuitBreaker breaker = CircuitBreaker.create("payments", Circuit.TOUCHY, circuit.clocks);
        breaker.onChange(change -> {
            throw new AssertionError("planted\nfor changes");
        });
        breaker.onChange(change -> told.add("change"));
        breaker.onRoom(() -> {
            throw new IllegalStateException("planted");
        });
        breaker.onRoom(() -> told.add("room"));

        try {
            ((Permit) breaker.acquire()).failed(Circuit.FAILURE, 0);
            breaker.reset();
            ((Permit) breaker.acquire()).failed(Circuit.FAILURE, 0);
            breaker.reset();
        } finally {
            logger.detachAppender(log);
            logger.setAdditive(true);
            logger.setLevel(null);
        }

        assertThat(told).containsExactly("change", "change", "room", "change", "change", "room");
        assertThat(log.list).extracting(line -> line.getLevel() + " " + line.getFormattedMessage()).containsExactly(
                "WARN circuit breaker 'payments': one who was to be told of Change[from=CLOSED, to=OPEN] threw "
                        + "java.lang.AssertionError: planted\\u000afor changes; it is told on, and not logged again",
                "WARN circuit breaker 'payments': one who was to be told of room for calls threw "
                        + "java.lang.IllegalStateException: planted; it is told on, and not logged again");
    }
}
