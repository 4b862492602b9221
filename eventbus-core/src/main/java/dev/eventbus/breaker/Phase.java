/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.breaker;

/**
 * One stay in a state: from the transition into it to the one out of it.
 *
 * <p>A permit is of the phase in which it was given, so a result that comes later changes nothing. What a phase does not
 * do it answers with itself or with nothing. Guarded by the breaker's lock, but for {@link #state} and
 * {@link #sinceNanos}. Not thread-safe.
 */
sealed interface Phase permits Closed, Open, HalfOpen, Forced {
    CircuitState state();

    long sinceNanos();

    /** Returns the phase that time alone leads to. */
    Phase at(long nowNanos);

    /** Takes a permit if there is one. */
    boolean take(long nowNanos);

    /** Says no. */
    Refused refused();

    /** Counts a result and returns the phase that it leads to. */
    Phase record(boolean failed, boolean slow, long nowNanos);

    /** Takes back a permit without a result; true if somebody was refused for want of it. */
    boolean giveBack();

    /** Returns the results to judge by. */
    Tally tally(long nowNanos);
}
