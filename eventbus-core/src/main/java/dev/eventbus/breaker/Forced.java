/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.breaker;

/** Does what somebody said by hand, and counts nothing. Immutable. */
final class Forced implements Phase {
    private final CircuitState state; // one of the two that are forced
    private final long sinceNanos;

    Forced(CircuitState state, long nowNanos) {
        this.state = state;
        this.sinceNanos = nowNanos;
    }

    @Override
    public CircuitState state() {
        return state;
    }

    @Override
    public long sinceNanos() {
        return sinceNanos;
    }

    @Override
    public Phase at(long nowNanos) {
        return this;
    }

    @Override
    public boolean take(long nowNanos) {
        return state == CircuitState.FORCED_CLOSED;
    }

    @Override
    public Refused refused() {
        return new Refused(Refused.UNTIL_CHANGED, state, 0);
    }

    @Override
    public Phase record(boolean failed, boolean slow, long nowNanos) {
        return this;
    }

    @Override
    public boolean giveBack() {
        return false;
    }

    @Override
    public Tally tally(long nowNanos) {
        return new Tally();
    }
}
