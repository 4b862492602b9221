/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.breaker.CircuitBreaker.Change;
import java.io.FileNotFoundException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of {@link CircuitState}, cell by cell, and who is told. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CircuitStateTest {
    private static final CircuitBreakerPolicy POLICY = Circuit.TOUCHY.ignoreOn(FileNotFoundException.class);

    /** What may happen to a breaker. */
    enum Occurrence {
        ASKED(c -> c.breaker.acquire()), //
        ASKED_JUST_BEFORE_OPEN_TIME_IS_OVER(c -> askAfter(c, Circuit.OPEN_FOR.minusNanos(1))), //
        ASKED_WHEN_OPEN_TIME_IS_OVER(c -> askAfter(c, Circuit.OPEN_FOR)), //
        ASKED_WHEN_WAIT_IS_OVER(c -> {
            c.breaker.acquire();
            askAfter(c, Circuit.AT_MOST);
        }), //
        ASKED_JUST_BEFORE_WAIT_IS_OVER(c -> {
            c.breaker.acquire();
            askAfter(c, Circuit.AT_MOST.minusNanos(1));
        }), //
        ASKED_LATE_WITH_NO_PERMIT_OUT(c -> askAfter(c, Circuit.AT_MOST)), //
        GOOD(c -> report(c, p -> p.succeeded(0))), //
        BAD(c -> report(c, p -> p.failed(Circuit.FAILURE, 0))), //
        ERROR(c -> report(c, p -> p.failed(new AssertionError(), 0))), //
        IGNORED(c -> report(c, p -> p.failed(new FileNotFoundException(), 0))), //
        UNUSED(c -> report(c, Permit::unused)), //
        UNUSED_WHILE_ANOTHER_WAS_REFUSED(c -> report(c, p -> {
            c.breaker.acquire();
            p.unused();
        })), //
        FORCE_OPEN(c -> c.breaker.forceOpen()), //
        FORCE_CLOSED(c -> c.breaker.forceClosed()), //
        RESET(c -> c.breaker.reset());

        private final Consumer<Circuit> happens;

        Occurrence(Consumer<Circuit> happens) {
            this.happens = happens;
        }

        private static void askAfter(Circuit circuit, Duration time) {
            circuit.clocks.advance(time);
            circuit.breaker.acquire();
        }

        private static void report(Circuit circuit, Consumer<Permit> result) {
            if (circuit.breaker.acquire() instanceof Permit permit) {
                result.accept(permit);
            }
        }
    }

    @ParameterizedTest(name = "{0} and {1} makes {2}, room is told {3} times")
    @CsvSource({
            "CLOSED, asked, CLOSED, 0",
            "CLOSED, asked_just_before_open_time_is_over, CLOSED, 0",
            "CLOSED, asked_when_open_time_is_over, CLOSED, 0",
            "CLOSED, asked_when_wait_is_over, CLOSED, 0",
            "CLOSED, asked_just_before_wait_is_over, CLOSED, 0",
            "CLOSED, asked_late_with_no_permit_out, CLOSED, 0",
            "CLOSED, good, CLOSED, 0",
            "CLOSED, bad, OPEN, 0",
            "CLOSED, error, OPEN, 0",
            "CLOSED, ignored, CLOSED, 0",
            "CLOSED, unused, CLOSED, 0",
            "CLOSED, unused_while_another_was_refused, CLOSED, 0",
            "CLOSED, force_open, FORCED_OPEN, 0",
            "CLOSED, force_closed, FORCED_CLOSED, 0",
            "CLOSED, reset, CLOSED, 0",
            "OPEN, asked, OPEN, 0",
            "OPEN, asked_just_before_open_time_is_over, OPEN, 0",
            "OPEN, asked_when_open_time_is_over, HALF_OPEN, 1",
            "OPEN, asked_when_wait_is_over, HALF_OPEN, 1",
            "OPEN, asked_just_before_wait_is_over, HALF_OPEN, 1",
            "OPEN, asked_late_with_no_permit_out, HALF_OPEN, 1",
            "OPEN, good, OPEN, 0",
            "OPEN, bad, OPEN, 0",
            "OPEN, error, OPEN, 0",
            "OPEN, ignored, OPEN, 0",
            "OPEN, unused, OPEN, 0",
            "OPEN, unused_while_another_was_refused, OPEN, 0",
            "OPEN, force_open, FORCED_OPEN, 0",
            "OPEN, force_closed, FORCED_CLOSED, 1",
            "OPEN, reset, CLOSED, 1",
            "HALF_OPEN, asked, HALF_OPEN, 0",
            "HALF_OPEN, asked_just_before_open_time_is_over, HALF_OPEN, 0",
            "HALF_OPEN, asked_when_open_time_is_over, HALF_OPEN, 0",
            "HALF_OPEN, asked_when_wait_is_over, OPEN, 1",
            "HALF_OPEN, asked_just_before_wait_is_over, HALF_OPEN, 0",
            "HALF_OPEN, asked_late_with_no_permit_out, HALF_OPEN, 0",
            "HALF_OPEN, good, CLOSED, 1",
            "HALF_OPEN, bad, OPEN, 1",
            "HALF_OPEN, error, OPEN, 1",
            "HALF_OPEN, ignored, HALF_OPEN, 0",
            "HALF_OPEN, unused, HALF_OPEN, 0",
            "HALF_OPEN, unused_while_another_was_refused, HALF_OPEN, 1",
            "HALF_OPEN, force_open, FORCED_OPEN, 0",
            "HALF_OPEN, force_closed, FORCED_CLOSED, 1",
            "HALF_OPEN, reset, CLOSED, 1",
            "FORCED_OPEN, asked, FORCED_OPEN, 0",
            "FORCED_OPEN, asked_just_before_open_time_is_over, FORCED_OPEN, 0",
            "FORCED_OPEN, asked_when_open_time_is_over, FORCED_OPEN, 0",
            "FORCED_OPEN, asked_when_wait_is_over, FORCED_OPEN, 0",
            "FORCED_OPEN, asked_just_before_wait_is_over, FORCED_OPEN, 0",
            "FORCED_OPEN, asked_late_with_no_permit_out, FORCED_OPEN, 0",
            "FORCED_OPEN, good, FORCED_OPEN, 0",
            "FORCED_OPEN, bad, FORCED_OPEN, 0",
            "FORCED_OPEN, error, FORCED_OPEN, 0",
            "FORCED_OPEN, ignored, FORCED_OPEN, 0",
            "FORCED_OPEN, unused, FORCED_OPEN, 0",
            "FORCED_OPEN, unused_while_another_was_refused, FORCED_OPEN, 0",
            "FORCED_OPEN, force_open, FORCED_OPEN, 0",
            "FORCED_OPEN, force_closed, FORCED_CLOSED, 1",
            "FORCED_OPEN, reset, CLOSED, 1",
            "FORCED_CLOSED, asked, FORCED_CLOSED, 0",
            "FORCED_CLOSED, asked_just_before_open_time_is_over, FORCED_CLOSED, 0",
            "FORCED_CLOSED, asked_when_open_time_is_over, FORCED_CLOSED, 0",
            "FORCED_CLOSED, asked_when_wait_is_over, FORCED_CLOSED, 0",
            "FORCED_CLOSED, asked_just_before_wait_is_over, FORCED_CLOSED, 0",
            "FORCED_CLOSED, asked_late_with_no_permit_out, FORCED_CLOSED, 0",
            "FORCED_CLOSED, good, FORCED_CLOSED, 0",
            "FORCED_CLOSED, bad, FORCED_CLOSED, 0",
            "FORCED_CLOSED, error, FORCED_CLOSED, 0",
            "FORCED_CLOSED, ignored, FORCED_CLOSED, 0",
            "FORCED_CLOSED, unused, FORCED_CLOSED, 0",
            "FORCED_CLOSED, unused_while_another_was_refused, FORCED_CLOSED, 0",
            "FORCED_CLOSED, force_open, FORCED_OPEN, 0",
            "FORCED_CLOSED, force_closed, FORCED_CLOSED, 0",
            "FORCED_CLOSED, reset, CLOSED, 0"})
    void each_occurrence_leads_where_the_table_says(CircuitState from, String occurrence, CircuitState to, int room) {
        Circuit circuit = Circuit.in(from, POLICY);

        Occurrence.valueOf(occurrence.toUpperCase(Locale.ROOT)).happens.accept(circuit);

        assertThat(circuit.breaker.state()).isEqualTo(to);
        assertThat(circuit.breaker.metrics().state()).isEqualTo(to);
        assertThat(circuit.changes).isEqualTo(
                from == to ? List.of() : List.of(new Change(from, to)));
        assertThat(circuit.room).isEqualTo(room);
    }

    @ParameterizedTest
    @CsvSource({"CLOSED, true", "OPEN, false", "HALF_OPEN, true", "FORCED_OPEN, false", "FORCED_CLOSED, true"})
    void each_state_lets_calls_pass_or_not(CircuitState state, boolean passes) {
        assertThat(Circuit.in(state, POLICY).breaker.acquire() instanceof Permit).isEqualTo(passes);
    }

    @ParameterizedTest
    @CsvSource({"CLOSED", "OPEN", "HALF_OPEN", "FORCED_OPEN", "FORCED_CLOSED"})
    void a_wall_clock_that_jumps_changes_nothing(CircuitState state) {
        Circuit circuit = Circuit.in(state, POLICY);
        CircuitMetrics before = circuit.breaker.metrics();

        circuit.clocks.wallMillis(0);
        assertThat(circuit.breaker.metrics()).isEqualTo(before);
        circuit.clocks.wallMillis(Long.MAX_VALUE);
        assertThat(circuit.breaker.metrics()).isEqualTo(before);
        circuit.breaker.acquire();
        assertThat(circuit.breaker.state()).isEqualTo(state);
    }
}
