/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.breaker;

/** Lets everybody pass and counts. Guarded by the breaker's lock; {@link #take} needs none. Not thread-safe. */
final class Closed implements Phase {
    private final CircuitBreakerPolicy policy;
    private final long sinceNanos;
    private final SlidingWindow window;

    Closed(CircuitBreakerPolicy policy, long nowNanos) {
        this.policy = policy;
        this.sinceNanos = nowNanos;
        this.window = policy.span().window(nowNanos);
    }

    @Override
    public CircuitState state() {
        return CircuitState.CLOSED;
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
        return true;
    }

    @Override
    public Refused refused() {
        throw new IllegalStateException("a closed breaker refuses nobody");
    }

    @Override
    public Phase record(boolean failed, boolean slow, long nowNanos) {
        window.add(failed, slow, nowNanos);
        Tally tally = window.tally(nowNanos);
        return tally.calls() >= policy.minimumCalls() && policy.rates().areReachedBy(tally)
                ? new Open(policy, nowNanos, policy.recovery().firstNanos(), tally)
                : this;
    }

    @Override
    public boolean giveBack() {
        return false;
    }

    @Override
    public Tally tally(long nowNanos) {
        return window.tally(nowNanos);
    }
}
