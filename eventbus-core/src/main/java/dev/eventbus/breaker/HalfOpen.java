/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.breaker;

/**
 * Lets as many pass as it needs results, and goes by those.
 *
 * <p>Permits out and results in never add up to more than there are permits; one that comes back without a result can be
 * given again. Guarded by the breaker's lock. Not thread-safe.
 */
final class HalfOpen implements Phase {
    private final CircuitBreakerPolicy policy;
    private final long sinceNanos;
    private final long openNanos; // how long it was open before
    private final Tally results = new Tally();
    private long waitingSinceNanos; // when the first of those out was given
    private int out;
    private boolean wanted; // somebody was refused since a permit came back

    HalfOpen(CircuitBreakerPolicy policy, long nowNanos, long openNanos) {
        this.policy = policy;
        this.sinceNanos = nowNanos;
        this.waitingSinceNanos = nowNanos;
        this.openNanos = openNanos;
    }

    @Override
    public CircuitState state() {
        return CircuitState.HALF_OPEN;
    }

    @Override
    public long sinceNanos() {
        return sinceNanos;
    }

    // With no permit out it is the rareness of calls that keeps it from its verdict. Opened again then, a breaker that is
    // called less often than that would never close, however healthy what it guards.
    @Override
    public Phase at(long nowNanos) {
        return out > 0 && nowNanos - waitingSinceNanos >= waitNanos() ? openedAgain(nowNanos) : this;
    }

    private long waitNanos() {
        return Nanos.of(policy.recovery().atMost());
    }

    @Override
    public boolean take(long nowNanos) {
        if (out + results.calls() == policy.recovery().permits()) {
            wanted = true;
            return false;
        }
        if (out == 0) {
            waitingSinceNanos = nowNanos;
        }
        out++;
        return true;
    }

    @Override
    public Refused refused() {
        return new Refused(waitingSinceNanos + waitNanos(), CircuitState.HALF_OPEN, results.failureRate());
    }

    @Override
    public Phase record(boolean failed, boolean slow, long nowNanos) {
        out--;
        results.add(failed, slow);
        if (results.calls() < policy.recovery().permits()) {
            return this;
        }
        return policy.rates().areReachedBy(results) ? openedAgain(nowNanos) : new Closed(policy, nowNanos);
    }

    private Phase openedAgain(long nowNanos) {
        return new Open(policy, nowNanos, policy.recovery().nextNanos(openNanos), results);
    }

    @Override
    public boolean giveBack() {
        out--;
        boolean missed = wanted;
        wanted = false;
        return missed;
    }

    @Override
    public Tally tally(long nowNanos) {
        return results;
    }
}
