/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.breaker;

import dev.eventbus.error.ConfigurationException;
import dev.eventbus.internal.check.Checks;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * When a circuit breaker opens, and how it closes again.
 *
 * <p>Unless said otherwise: it judges by the last 100 calls, as soon as there are 10; no call is slow; it is open for 10 s,
 * then lets 3 calls pass in half-open and waits at most 60 s for their results; every failure counts. It opens when the
 * failed or the slow calls reach their rate at the moment a result is recorded. Immutable: each method returns another
 * value.
 *
 * @since 0.1
 */
public final class CircuitBreakerPolicy {
    private static final int DEFAULT_WINDOW = 100;
    private static final int DEFAULT_MINIMUM = 10;

    private final Rates rates;
    private final Span span;
    private final int minimumCalls; // 0 when unset
    private final Recovery recovery;
    private final FailureKinds kinds;

    private CircuitBreakerPolicy(Rates rates, Span span, int minimumCalls, Recovery recovery, FailureKinds kinds) {
        this.rates = rates;
        this.span = span;
        this.minimumCalls = minimumCalls;
        this.recovery = recovery;
        this.kinds = kinds;
    }

    /**
     * Returns a policy that opens when so many of the calls in the window have failed.
     *
     * @param rate share of the calls, more than 0 and at most 1
     * @return the policy
     */
    public static CircuitBreakerPolicy failureRate(double rate) {
        return new CircuitBreakerPolicy(Rates.ofFailures(rate), new Span.Calls(DEFAULT_WINDOW), 0, Recovery.UNSET,
                FailureKinds.ALL);
    }

    /**
     * Opens also when so many of the calls in the window were slow, whether they failed or not.
     *
     * @param slowerThan a call that takes longer is slow, more than zero
     * @param rate share of the calls, more than 0 and at most 1
     * @return a policy with it
     */
    public CircuitBreakerPolicy slowCalls(Duration slowerThan, double rate) {
        return with(rates.ofSlowCalls(slowerThan, rate));
    }

    private CircuitBreakerPolicy with(Rates other) {
        return new CircuitBreakerPolicy(other, span, minimumCalls, recovery, kinds);
    }

    /**
     * Judges by the last so many calls.
     *
     * @param calls 1 to 1,000,000, not less than {@link #minimumCalls}; 100 unless set
     * @return a policy with it
     */
    public CircuitBreakerPolicy window(int calls) {
        return over(new Span.Calls(calls));
    }

    /**
     * Judges by the calls whose results came in the last time, to a sixtieth of it; memory does not depend on their
     * number.
     *
     * @param time more than zero
     * @return a policy with it
     */
    public CircuitBreakerPolicy window(Duration time) {
        return over(new Span.Time(time));
    }

    private CircuitBreakerPolicy over(Span other) {
        if (minimumCalls > other.capacity()) {
            throw new ConfigurationException(
                    "window (" + other.capacity() + ") must be >= minimumCalls (" + minimumCalls + ")");
        }
        return new CircuitBreakerPolicy(rates, other, minimumCalls, recovery, kinds);
    }

    /**
     * Stays closed as long as the window holds fewer calls.
     *
     * @param calls at least 1 and at most the calls of the window; unless set 10, or the window where that is less
     * @return a policy with it
     */
    public CircuitBreakerPolicy minimumCalls(int calls) {
        if (Checks.atLeast(calls, 1, "minimumCalls") > span.capacity()) {
            throw new ConfigurationException(
                    "minimumCalls (" + calls + ") must be <= window (" + span.capacity() + ")");
        }
        return new CircuitBreakerPolicy(rates, span, calls, recovery, kinds);
    }

    /**
     * Stays open for the same time whenever it has opened.
     *
     * @param time more than zero; 10 s unless set
     * @return a policy with it
     */
    public CircuitBreakerPolicy openFor(Duration time) {
        Checks.positive(time, "openFor");
        return with(recovery.openFor(time, time));
    }

    /**
     * Stays open for a time that doubles whenever half-open has failed again; the initial one again after it was closed.
     *
     * @param initial more than zero
     * @param max at least the initial time
     * @return a policy with it
     */
    public CircuitBreakerPolicy openFor(Duration initial, Duration max) {
        return with(recovery.openFor(initial, max));
    }

    /**
     * Lets so many calls pass in half-open and goes by their results: it opens if they reach a rate, else it closes.
     *
     * @param permits at least 1; 3 unless set
     * @return a policy with it
     */
    public CircuitBreakerPolicy halfOpen(int permits) {
        return with(recovery.permits(permits));
    }

    /**
     * Bounds the wait in half-open for permits that are out: who asks when it is over opens the breaker again, so that a
     * permit that never comes back does not lock it. The wait begins with the first permit that is out and ends when none
     * is, so that a breaker that is called rarely stays half-open until it has its results.
     *
     * @param time more than zero, and longer than a call may take; 60 s unless set
     * @return a policy with it
     */
    public CircuitBreakerPolicy halfOpenAtMost(Duration time) {
        return with(recovery.atMost(time));
    }

    private CircuitBreakerPolicy with(Recovery other) {
        return new CircuitBreakerPolicy(rates, span, minimumCalls, other, kinds);
    }

    /**
     * Counts failures of a class, and from now on only those named by some {@code recordOn}; others are ignored.
     *
     * @param type an exception; errors always count
     * @return a policy with it
     */
    public CircuitBreakerPolicy recordOn(Class<? extends Exception> type) {
        return recordOn(Checks.notNull(type, "type")::isInstance);
    }

    /**
     * Counts failures for which a predicate holds, and from now on only those named by some {@code recordOn}; others are
     * ignored.
     *
     * @param failure asked about exceptions, in the thread that reports the failure; if it throws, the failure counts
     * @return a policy with it
     */
    public CircuitBreakerPolicy recordOn(Predicate<Throwable> failure) {
        return with(kinds.recordingOn(failure));
    }

    /**
     * Ignores failures of a class, whatever {@code recordOn} says: such a call is neither a success nor a failure.
     *
     * @param type an exception; errors always count
     * @return a policy with it
     */
    public CircuitBreakerPolicy ignoreOn(Class<? extends Exception> type) {
        return ignoreOn(Checks.notNull(type, "type")::isInstance);
    }

    /**
     * Ignores failures for which a predicate holds, whatever {@code recordOn} says: such a call is neither a success nor
     * a failure.
     *
     * @param failure asked about exceptions, in the thread that reports the failure; if it throws, the failure counts
     * @return a policy with it
     */
    public CircuitBreakerPolicy ignoreOn(Predicate<Throwable> failure) {
        return with(kinds.ignoringOn(failure));
    }

    private CircuitBreakerPolicy with(FailureKinds other) {
        return new CircuitBreakerPolicy(rates, span, minimumCalls, recovery, other);
    }

    Rates rates() {
        return rates;
    }

    Span span() {
        return span;
    }

    int minimumCalls() {
        return minimumCalls == 0 ? Math.min(DEFAULT_MINIMUM, span.capacity()) : minimumCalls;
    }

    Recovery recovery() {
        return recovery;
    }

    boolean records(Throwable failure) {
        return kinds.records(failure);
    }

    @Override
    public String toString() {
        return "CircuitBreakerPolicy[" + rates + ", window=" + span + ", minimumCalls=" + minimumCalls() + ", "
                + recovery
                + ", recordOn=" + kinds.recordOn().size() + ", ignoreOn=" + kinds.ignoreOn().size() + "]";
    }
}
