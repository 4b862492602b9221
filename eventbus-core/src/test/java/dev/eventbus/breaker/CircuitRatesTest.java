/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.breaker;

import static dev.eventbus.breaker.CircuitBreakerPolicy.failureRate;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a closed breaker opens. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CircuitRatesTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @ParameterizedTest(name = "at rate {0} after {1} calls at least, {2} leads to {3}")
    @CsvSource({
            "0.5, 4, fff, CLOSED", // one call too few
            "0.5, 4, ffff, OPEN",
            "0.5, 4, fffs, OPEN", // a success may be the one that makes them enough
            "0.5, 4, fsfs, OPEN", // exactly the rate
            "0.5, 4, fsss, CLOSED",
            "0.5, 4, fsssff, OPEN",
            "0.5, 4, fssssff, CLOSED",
            "1.0, 3, ffs, CLOSED",
            "1.0, 3, fff, OPEN",
            "0.3, 10, fffsssssss, OPEN", // 3 of 10 are 0.3, whatever doubles make of products
            "0.3, 10, ffssssssss, CLOSED",
            "0.1, 10, sssssssssf, OPEN",
            "1.0, 1, s, CLOSED",
            "1.0, 1, f, OPEN",
            "0.5, 2, lf, OPEN",
            "0.6, 2, ll, CLOSED"}) // nothing is slow unless said
    void opens_when_there_are_enough_calls_and_the_rate_is_reached(double rate, int minimum, String results,
            CircuitState expected) {
        Circuit circuit = new Circuit(failureRate(rate).minimumCalls(minimum));

        circuit.results(results);

        assertThat(circuit.breaker.state()).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} leads to {1}")
    @CsvSource({"ls, CLOSED", "lls, CLOSED", "lsl, CLOSED", "lslf, OPEN", "llll, OPEN", "lsss, CLOSED", "ssll, OPEN"})
    void opens_when_enough_calls_are_slow_too(String results, CircuitState expected) {
        Circuit circuit = new Circuit(failureRate(1).slowCalls(SECOND, 0.5).minimumCalls(4));

        circuit.results(results);

        assertThat(circuit.breaker.state()).isEqualTo(expected);
    }

    @Test
    void what_takes_exactly_as_long_is_not_slow_and_a_failure_can_be() {
        Circuit circuit = new Circuit(failureRate(1).slowCalls(SECOND, 0.5).minimumCalls(1));

        circuit.permit().succeeded(SECOND);
        circuit.permit().succeeded(SECOND.toNanos());
        circuit.permit().succeeded(SECOND.negated());
        assertThat(circuit.breaker.metrics().slowRate()).isZero();
        circuit.permit().failed(Circuit.FAILURE, SECOND.plusNanos(1));

        assertThat(circuit.breaker.metrics().slowRate()).isEqualTo(0.25);
        circuit.permit().succeeded(SECOND.toNanos() + 1);
        circuit.permit().succeeded(SECOND.toNanos() + 1);
        assertThat(circuit.breaker.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void the_default_opens_at_the_tenth_call() {
        Circuit circuit = new Circuit(failureRate(0.5));

        circuit.results("fffffffff");
        assertThat(circuit.breaker.state()).isEqualTo(CircuitState.CLOSED);
        circuit.results("s");
        assertThat(circuit.breaker.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void calls_that_have_left_the_window_do_not_count() {
        Circuit circuit = new Circuit(failureRate(0.5).window(4).minimumCalls(4));

        circuit.results("fsss" + "fsss" + "fsss");
        assertThat(circuit.breaker.state()).isEqualTo(CircuitState.CLOSED);
        circuit.results("ff");
        assertThat(circuit.breaker.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void calls_that_are_too_old_for_a_time_window_do_not_count() {
        Circuit circuit = new Circuit(failureRate(0.5).window(SECOND.multipliedBy(60)).minimumCalls(4));
        circuit.results("fff");

        circuit.clocks.advance(SECOND.multipliedBy(60));
        circuit.results("fff");
        assertThat(circuit.breaker.state()).isEqualTo(CircuitState.CLOSED);
        assertThat(circuit.breaker.metrics().calls()).isEqualTo(3);
        circuit.clocks.advance(SECOND.multipliedBy(59));
        circuit.results("f");
        assertThat(circuit.breaker.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void time_alone_does_not_change_the_state_but_the_next_result_sees_what_has_left() {
        Circuit circuit = new Circuit(failureRate(0.5).window(SECOND.multipliedBy(60)).minimumCalls(2));
        circuit.results("sss");
        circuit.clocks.advance(SECOND.multipliedBy(30));
        circuit.results("ff");

        circuit.clocks.advance(SECOND.multipliedBy(31));
        assertThat(circuit.breaker.state()).isEqualTo(CircuitState.CLOSED);
        circuit.results("s");
        assertThat(circuit.breaker.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void results_come_in_any_order_from_permits_taken_before() {
        Circuit circuit = new Circuit(failureRate(1).minimumCalls(3));

        var permits = circuit.permits(3);
        permits.get(2).failed(Circuit.FAILURE, 0);
        permits.get(0).failed(Circuit.FAILURE, 0);
        assertThat(circuit.breaker.state()).isEqualTo(CircuitState.CLOSED);
        permits.get(1).failed(Circuit.FAILURE, 0);

        assertThat(circuit.breaker.state()).isEqualTo(CircuitState.OPEN);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void opens_at_the_very_result_at_which_a_list_of_all_results_says_so(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            int size = 1 + random.nextInt(12);
            int minimum = 1 + random.nextInt(size);
            int tenths = 1 + random.nextInt(10);
            Circuit circuit = new Circuit(failureRate(tenths / 10.0).window(size).minimumCalls(minimum));
            Deque<Boolean> last = new ArrayDeque<>();

            for (int i = 0; i < 60 && circuit.breaker.state() == CircuitState.CLOSED; i++) {
                boolean failed = random.nextInt(11) < tenths;
                circuit.results(failed ? "f" : "s");
                last.add(failed);
                if (last.size() > size) {
                    last.remove();
                }
                long failures = last.stream().filter(f -> f).count();
                boolean opens = last.size() >= minimum && failures * 10 >= tenths * last.size();
                assertThat(circuit.breaker.state()).isEqualTo(opens ? CircuitState.OPEN : CircuitState.CLOSED);
            }
        }
    }
}
