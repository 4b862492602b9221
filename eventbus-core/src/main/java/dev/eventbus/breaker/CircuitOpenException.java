/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.breaker;

import dev.eventbus.error.EventBusException;
import java.io.Serial;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells that a circuit breaker refused a call, which was not made.
 *
 * <p>Immutable.
 *
 * @since 0.1
 * @serial exclude
 */
public final class CircuitOpenException extends EventBusException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String circuit;
    private final CircuitState state;
    private final double failureRate;
    private final @Nullable Duration retryIn;

    /**
     * Creates the exception.
     *
     * @param circuit name of the breaker
     * @param state in which it refused
     * @param failureRate 0 to 1
     * @param retryIn in what time asking again may help, or null if nobody can tell
     */
    public CircuitOpenException(String circuit, CircuitState state, double failureRate, @Nullable Duration retryIn) {
        super("Circuit breaker '" + circuit + "' refused a call: it is " + state + " (" + fact(failureRate, retryIn)
                + "); " + remedy(retryIn), null);
        this.circuit = circuit;
        this.state = state;
        this.failureRate = failureRate;
        this.retryIn = retryIn;
    }

    private static String fact(double failureRate, @Nullable Duration retryIn) {
        return "failureRate=" + String.format(Locale.ROOT, "%.2f", failureRate) + ", retryIn="
                + (retryIn == null ? "unknown" : retryIn);
    }

    private static String remedy(@Nullable Duration retryIn) {
        return retryIn == null
                ? "reset it or force it closed, since it stays so until somebody does"
                : "call again after that time, and look for why its calls fail";
    }

    /**
     * Names the breaker.
     *
     * @return its name
     */
    public String circuit() {
        return circuit;
    }

    /**
     * Returns the state in which the breaker refused.
     *
     * @return open, half-open or forced open
     */
    public CircuitState state() {
        return state;
    }

    /**
     * Returns the share of failed calls.
     *
     * @return 0 to 1: of those for which it opened, or in half-open of the results so far; 0 when forced
     */
    public double failureRate() {
        return failureRate;
    }

    /**
     * Returns how long it takes until asking again may help.
     *
     * @return the rest of the open time, or in half-open of the longest wait, or empty when forced open
     */
    public Optional<Duration> retryIn() {
        return Optional.ofNullable(retryIn);
    }
}
