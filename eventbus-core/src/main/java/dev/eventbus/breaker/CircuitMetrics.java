/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.breaker;

import java.time.Duration;

/**
 * What a circuit breaker shows of itself at one moment.
 *
 * <p>Calls and rates are those of the window when it is closed, those for which it opened when it is open, those so far
 * when it is half-open, and zero when it is forced. Immutable.
 *
 * @param state current state; an open breaker whose time is over is open until somebody asks for a permit
 * @param inState how long it has been in this state, by the monotonic clock
 * @param calls results that the rates are made of
 * @param failureRate share of failed calls, 0 to 1; 0 without calls
 * @param slowRate share of slow calls, 0 to 1; 0 without calls
 * @param refused how often somebody was refused since the breaker was created
 * @param opened how often it has opened by itself since it was created
 * @since 0.1
 */
public record CircuitMetrics(CircuitState state, Duration inState, long calls, double failureRate, double slowRate,
        long refused, long opened) {}
