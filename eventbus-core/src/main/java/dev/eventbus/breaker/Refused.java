/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.breaker;

/**
 * The answer that a call must not be made.
 *
 * <p>Asking again may help at {@code untilNanos}, or sooner when {@link CircuitBreaker#onRoom} says so. Immutable.
 *
 * @param untilNanos moment on the monotonic clock of the breaker: the end of the open time, or in half-open of the longest
 *     wait for the permits that are out; {@link #UNTIL_CHANGED} if no moment can be told
 * @param state of the breaker when it refused: open, half-open or forced open
 * @param failureRate 0 to 1: of the calls for which it opened; in half-open of the results so far; 0 when forced
 * @since 0.1
 */
public record Refused(long untilNanos, CircuitState state, double failureRate) implements Permission {
    /** In place of a moment: only a change of the state by hand helps. */
    public static final long UNTIL_CHANGED = Long.MAX_VALUE;
}
