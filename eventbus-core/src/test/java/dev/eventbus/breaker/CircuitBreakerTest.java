/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.error.ConfigurationException;
import dev.eventbus.spi.Clocks;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls through the breaker, setting its state by hand, what it shows, and its words. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CircuitBreakerTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void a_call_returns_its_result_and_counts_as_success() throws Exception {
        Circuit circuit = new Circuit(Circuit.TOUCHY);
        AtomicInteger runs = new AtomicInteger();

        assertThat(circuit.breaker.<String>call(() -> "done")).isEqualTo("done");
        assertThat(circuit.breaker.<String>call(() -> null)).isNull();
        circuit.breaker.run(runs::incrementAndGet);

        assertThat(runs).hasValue(1);
        assertThat(circuit.breaker.metrics().calls()).isEqualTo(3);
        assertThat(circuit.breaker.metrics().failureRate()).isZero();
    }

    @Test
    void a_call_throws_its_failure_and_counts_as_one() {
        Circuit called = new Circuit(Circuit.TOUCHY);
        assertThatThrownBy(() -> called.breaker.call(() -> {
            throw Circuit.FAILURE;
        })).isSameAs(Circuit.FAILURE);
        assertThat(called.breaker.state()).isEqualTo(CircuitState.OPEN);

        Circuit ran = new Circuit(Circuit.TOUCHY);
        Error error = new AssertionError("planted");
        assertThatThrownBy(() -> ran.breaker.run(() -> {
            throw error;
        })).isSameAs(error);
        assertThat(ran.breaker.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void an_ignored_failure_of_a_call_is_thrown_and_does_not_count() {
        Circuit circuit = Circuit.in(CircuitState.HALF_OPEN, Circuit.TOUCHY.ignoreOn(IOException.class));

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> circuit.breaker.call(() -> {
                throw Circuit.FAILURE;
            })).isSameAs(Circuit.FAILURE);
        }

        assertThat(circuit.breaker.state()).isEqualTo(CircuitState.HALF_OPEN);
        assertThat(circuit.breaker.metrics().calls()).isZero();
    }

    @Test
    void calls_are_timed_by_the_monotonic_clock() throws Exception {
        Circuit circuit = new Circuit(CircuitBreakerPolicy.failureRate(1).slowCalls(SECOND, 1).minimumCalls(9));

        circuit.breaker.run(() -> circuit.clocks.advance(SECOND));
        circuit.breaker.<Object>call(() -> {
            circuit.clocks.advance(SECOND);
            return null;
        });
        assertThat(circuit.breaker.metrics().slowRate()).isZero();
        circuit.breaker.run(() -> circuit.clocks.advance(SECOND.plusNanos(1)));
        circuit.breaker.<Object>call(() -> {
            circuit.clocks.advance(SECOND.plusNanos(1));
            return null;
        });
        assertThat(circuit.breaker.metrics().slowRate()).isEqualTo(0.5);
        assertThatThrownBy(() -> circuit.breaker.run(() -> {
            circuit.clocks.advance(SECOND.plusNanos(1));
            throw new IllegalStateException();
        })).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> circuit.breaker.call(() -> {
            circuit.clocks.advance(SECOND.plusNanos(1));
            throw new IOException();
        })).isInstanceOf(IOException.class);

        assertThat(circuit.breaker.metrics().slowRate()).isEqualTo(4.0 / 6);
    }

    @Test
    void a_call_that_fails_at_once_is_not_slow_however_late_it_is_made() {
        Circuit circuit = new Circuit(CircuitBreakerPolicy.failureRate(1).slowCalls(SECOND, 1).minimumCalls(9));
        circuit.clocks.advance(Duration.ofDays(1));

        assertThatThrownBy(() -> circuit.breaker.run(() -> {
            throw new IllegalStateException();
        })).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> circuit.breaker.call(() -> {
            throw new IOException();
        })).isInstanceOf(IOException.class);

        assertThat(circuit.breaker.metrics().calls()).isEqualTo(2);
        assertThat(circuit.breaker.metrics().slowRate()).isZero();
    }

    @Test
    void a_call_that_is_refused_is_not_made() {
        Circuit circuit = Circuit.in(CircuitState.OPEN, Circuit.TOUCHY);
        circuit.clocks.advance(Duration.ofMillis(2_700));
        ThrowingCallable never = () -> {
            throw new AssertionError("made");
        };

        assertThatExceptionOfType(CircuitOpenException.class).isThrownBy(() -> circuit.breaker.run(() -> call(never)))
                .satisfies(refusal -> {
                    assertThat(refusal.circuit()).isEqualTo("ledger");
                    assertThat(refusal.state()).isEqualTo(CircuitState.OPEN);
                    assertThat(refusal.failureRate()).isEqualTo(1);
                    assertThat(refusal.retryIn()).contains(Duration.ofMillis(7_300));
                });
        assertThatExceptionOfType(CircuitOpenException.class).isThrownBy(() -> circuit.breaker.call(() -> {
            call(never);
            return "made";
        }));
        assertThat(circuit.breaker.metrics().refused()).isEqualTo(2);
    }

    private static void call(ThrowingCallable made) {
        try {
            made.call();
        } catch (Throwable thrown) {
            throw new AssertionError(thrown);
        }
    }

    @Test
    void a_call_that_is_missing_is_refused_before_a_permit_is_taken() {
        Circuit circuit = Circuit.in(CircuitState.HALF_OPEN, Circuit.TOUCHY);

        assertThatThrownBy(() -> circuit.breaker.run(null)).isInstanceOf(ConfigurationException.class)
                .hasMessage("work must not be null; pass a value");
        assertThatThrownBy(() -> circuit.breaker.call(null)).isInstanceOf(ConfigurationException.class)
                .hasMessage("work must not be null; pass a value");

        assertThat(circuit.breaker.acquire()).isInstanceOf(Permit.class);
    }

    static Stream<Arguments> misuses() {
        CircuitBreaker breaker = CircuitBreaker.create("ledger", Circuit.TOUCHY);
        return Stream.of(
                Arguments.of("name must not be blank; give it a name of 1 to 256 printable characters",
                        (ThrowingCallable) () -> CircuitBreaker.create(" ", Circuit.TOUCHY)),
                Arguments.of("policy must not be null; pass a value",
                        (ThrowingCallable) () -> CircuitBreaker.create("ledger", null)),
                Arguments.of("clocks must not be null; pass a value",
                        (ThrowingCallable) () -> CircuitBreaker.create("ledger", Circuit.TOUCHY, null)),
                Arguments.of("told must not be null; pass a value", (ThrowingCallable) () -> breaker.onChange(null)),
                Arguments.of("told must not be null; pass a value", (ThrowingCallable) () -> breaker.onRoom(null)),
                Arguments.of("elapsed must not be null; pass a value",
                        (ThrowingCallable) () -> ((Permit) breaker.acquire()).succeeded(null)),
                Arguments.of("elapsed must not be null; pass a value",
                        (ThrowingCallable) () -> ((Permit) breaker.acquire()).failed(Circuit.FAILURE, null)),
                Arguments.of("failure must not be null; pass a value",
                        (ThrowingCallable) () -> ((Permit) breaker.acquire()).failed(null, 1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("misuses")
    void refuses_what_makes_no_sense(String message, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(ConfigurationException.class).hasMessage(message);
    }

    @Test
    void goes_by_the_clocks_of_the_machine_unless_told_otherwise() {
        CircuitBreaker breaker = CircuitBreaker.create("ledger", Circuit.TOUCHY);
        long before = Clocks.system().monotonicNanos();
        ((Permit) breaker.acquire()).failed(Circuit.FAILURE, SECOND);
        long after = Clocks.system().monotonicNanos();

        assertThat(((Refused) breaker.acquire()).untilNanos() - Circuit.OPEN_FOR.toNanos()).isBetween(before, after);
    }

    @Test
    void a_reset_empties_the_window_and_takes_the_effect_of_permits_that_are_out() {
        Circuit circuit = new Circuit(Circuit.TOUCHY.minimumCalls(2));
        circuit.results("f");
        Permit old = circuit.permit();

        circuit.breaker.reset();
        old.failed(Circuit.FAILURE, 0);
        circuit.results("f");

        assertThat(circuit.breaker.metrics().calls()).isEqualTo(1);
        assertThat(circuit.breaker.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void a_forced_state_counts_nothing_and_takes_the_effect_of_permits_that_are_out() {
        Circuit circuit = new Circuit(Circuit.TOUCHY);
        Permit old = circuit.permit();

        circuit.breaker.forceClosed();
        old.failed(Circuit.FAILURE, 0);
        circuit.results("ffff");
        Permit forced = circuit.permit();
        assertThat(circuit.breaker.metrics().calls()).isZero();
        circuit.breaker.reset();
        forced.failed(Circuit.FAILURE, 0);

        assertThat(circuit.breaker.state()).isEqualTo(CircuitState.CLOSED);
        assertThat(circuit.breaker.metrics().calls()).isZero();
    }

    @Test
    void a_state_that_is_forced_again_has_been_since_the_first_time() {
        Circuit circuit = Circuit.in(CircuitState.FORCED_OPEN, Circuit.TOUCHY);
        circuit.clocks.advance(SECOND);

        circuit.breaker.forceOpen();

        assertThat(circuit.breaker.metrics().inState()).isEqualTo(SECOND);
        assertThat(circuit.refused()).isEqualTo(new Refused(Refused.UNTIL_CHANGED, CircuitState.FORCED_OPEN, 0));
    }

    @Test
    void metrics_tell_state_rates_and_counts() {
        Circuit circuit = new Circuit(CircuitBreakerPolicy.failureRate(0.5).slowCalls(SECOND, 0.5).minimumCalls(4)
                .halfOpen(2));
        assertThat(circuit.breaker.metrics())
                .isEqualTo(new CircuitMetrics(CircuitState.CLOSED, Duration.ZERO, 0, 0, 0, 0, 0));
        circuit.results("sslf");
        assertThat(circuit.breaker.metrics())
                .isEqualTo(new CircuitMetrics(CircuitState.CLOSED, Duration.ZERO, 4, 0.25, 0.25, 0, 0));
        circuit.clocks.advance(SECOND);
        circuit.results("ff");
        circuit.clocks.advance(SECOND);
        circuit.refused();
        assertThat(circuit.breaker.metrics())
                .isEqualTo(new CircuitMetrics(CircuitState.OPEN, SECOND, 6, 0.5, 1.0 / 6, 1, 1));
        circuit.clocks.advance(Circuit.OPEN_FOR);
        circuit.results("s");
        circuit.clocks.advance(SECOND);
        circuit.permit();
        circuit.refused();
        assertThat(circuit.breaker.metrics())
                .isEqualTo(new CircuitMetrics(CircuitState.HALF_OPEN, SECOND, 1, 0, 0, 2, 1));
        circuit.breaker.forceOpen();
        circuit.clocks.advance(SECOND);
        assertThat(circuit.breaker.metrics())
                .isEqualTo(new CircuitMetrics(CircuitState.FORCED_OPEN, SECOND, 0, 0, 0, 2, 1));
        circuit.breaker.forceClosed();
        circuit.clocks.advance(SECOND);
        assertThat(circuit.breaker.metrics().inState()).isEqualTo(SECOND);
        circuit.breaker.reset();
        circuit.clocks.advance(SECOND);
        assertThat(circuit.breaker.metrics().inState()).isEqualTo(SECOND);
    }

    @Test
    void shows_what_it_is() {
        Circuit circuit = Circuit.in(CircuitState.OPEN, Circuit.TOUCHY);

        assertThat(circuit.breaker.name()).isEqualTo("ledger");
        assertThat(circuit.breaker.policy()).isSameAs(Circuit.TOUCHY);
        assertThat(circuit.breaker).hasToString("CircuitBreaker[ledger, OPEN, " + Circuit.TOUCHY + "]");
    }

    static Stream<Arguments> refusals() {
        CircuitBreaker breaker = new Circuit(Circuit.TOUCHY).breaker; // its clock shows one second
        return Stream.of(
                Arguments.of(breaker.refusal(new Refused(8_300_000_000L, CircuitState.OPEN, 2.0 / 3)),
                        "Circuit breaker 'ledger' refused a call: it is OPEN (failureRate=0.67, retryIn=PT7.3S); call again "
                                + "after that time, and look for why its calls fail"),
                Arguments.of(breaker.refusal(new Refused(0, CircuitState.HALF_OPEN, 0)),
                        "Circuit breaker 'ledger' refused a call: it is HALF_OPEN (failureRate=0.00, retryIn=PT0S); call "
                                + "again after that time, and look for why its calls fail"),
                Arguments.of(breaker.refusal(new Refused(Refused.UNTIL_CHANGED, CircuitState.FORCED_OPEN, 0)),
                        "Circuit breaker 'ledger' refused a call: it is FORCED_OPEN (failureRate=0.00, retryIn=unknown); "
                                + "reset it or force it closed, since it stays so until somebody does"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("refusals")
    void a_refusal_names_breaker_state_and_remedy_after_serialization_too(CircuitOpenException refusal, String message)
            throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(refusal);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            CircuitOpenException copy = (CircuitOpenException) in.readObject();
            for (CircuitOpenException each : List.of(refusal, copy)) {
                assertThat(each).hasMessage(message).hasNoCause();
                assertThat(each.circuit()).isEqualTo("ledger");
                assertThat(each.state()).isEqualTo(refusal.state());
                assertThat(each.failureRate()).isEqualTo(refusal.failureRate());
                assertThat(each.retryIn()).isEqualTo(refusal.retryIn());
            }
        }
    }
}
