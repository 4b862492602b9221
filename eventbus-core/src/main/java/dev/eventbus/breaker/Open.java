/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.breaker;

/** Lets nobody pass until its time is over. Immutable. */
final class Open implements Phase {
    private final CircuitBreakerPolicy policy;
    private final long sinceNanos;
    private final long openNanos;
    private final Tally reason; // of a phase that is over, so it changes no more

    Open(CircuitBreakerPolicy policy, long nowNanos, long openNanos, Tally reason) {
        this.policy = policy;
        this.sinceNanos = nowNanos;
        this.openNanos = openNanos;
        this.reason = reason;
    }

    @Override
    public CircuitState state() {
        return CircuitState.OPEN;
    }

    @Override
    public long sinceNanos() {
        return sinceNanos;
    }

    @Override
    public Phase at(long nowNanos) {
        return nowNanos - sinceNanos >= openNanos ? new HalfOpen(policy, nowNanos, openNanos) : this;
    }

    @Override
    public boolean take(long nowNanos) {
        return false;
    }

    @Override
    public Refused refused() {
        return new Refused(sinceNanos + openNanos, CircuitState.OPEN, reason.failureRate());
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
        return reason;
    }
}
