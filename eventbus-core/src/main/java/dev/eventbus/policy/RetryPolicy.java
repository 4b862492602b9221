/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.policy;

import dev.eventbus.error.ConfigurationException;
import dev.eventbus.internal.check.Checks;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * When a failed delivery is attempted again.
 *
 * <p>Unless said otherwise: at most 4 attempts, on the synchronous dispatcher none later than 10 s after the first failed, every
 * {@code Exception} is retried, and no {@code Error} and no {@code InterruptedException} ever is; no budget. Delays lie
 * between zero and the backoff's maximum, or are what the failure asks for ({@link RetryAfter}), at most 1 h.
 *
 * <p>What is asked, in this order: the kind of failure, the attempts, the time, the budget; so no retry that another bound
 * forbids costs the budget anything. All bounds count within one round: a redrive begins with none of them used up. Immutable:
 * each method returns another value.
 *
 * @since 0.1
 */
public final class RetryPolicy {
    /** Jitter of exponential delays unless set: each is drawn from its upper half. */
    public static final double DEFAULT_JITTER = 0.5;

    private static final int DEFAULT_ATTEMPTS = 4;

    private final Backoff backoff;
    private final double jitter;
    private final RetryBounds bounds;
    private final RetryConditions conditions;

    private RetryPolicy(Backoff backoff, double jitter, RetryBounds bounds, RetryConditions conditions) {
        this.backoff = backoff;
        this.jitter = jitter;
        this.bounds = bounds;
        this.conditions = conditions;
    }

    private static RetryPolicy of(Backoff backoff, int maxAttempts, double jitter) {
        return new RetryPolicy(backoff, jitter, RetryBounds.of(maxAttempts), RetryConditions.ALL);
    }

    private RetryPolicy with(RetryBounds value) {
        return new RetryPolicy(backoff, jitter, value, conditions);
    }

    private RetryPolicy with(RetryConditions value) {
        return new RetryPolicy(backoff, jitter, bounds, value);
    }

    /**
     * Returns a policy that gives up after the first attempt.
     *
     * @return no retry
     */
    public static RetryPolicy never() {
        return of(new Backoff.Fixed(Duration.ZERO), 1, 0);
    }

    /**
     * Returns a policy that waits the same time before each retry, without jitter.
     *
     * @param delay zero or more
     * @return the policy
     */
    public static RetryPolicy fixed(Duration delay) {
        return of(new Backoff.Fixed(delay), DEFAULT_ATTEMPTS, 0);
    }

    /**
     * Returns a policy whose delay doubles from retry to retry, with jitter {@value #DEFAULT_JITTER}.
     *
     * @param initialDelay before the second attempt, more than zero
     * @param maxDelay at least the initial delay
     * @return the policy
     */
    public static RetryPolicy exponential(Duration initialDelay, Duration maxDelay) {
        return of(new Backoff.Exponential(initialDelay, maxDelay), DEFAULT_ATTEMPTS, DEFAULT_JITTER);
    }

    /**
     * Returns a policy whose delay is drawn between the initial delay and three times the delay before.
     *
     * @param initialDelay least delay, more than zero
     * @param maxDelay at least the initial delay
     * @return the policy
     */
    public static RetryPolicy decorrelatedJitter(Duration initialDelay, Duration maxDelay) {
        return of(new Backoff.DecorrelatedJitter(initialDelay, maxDelay), DEFAULT_ATTEMPTS, 0);
    }

    /**
     * Bounds the number of attempts of one round, the first included.
     *
     * @param value at least 1; 4 unless set
     * @return a policy with it
     */
    public RetryPolicy maxAttempts(int value) {
        return with(bounds.attempts(Checks.atLeast(value, 1, "maxAttempts")));
    }

    /**
     * Bounds the time of one round: no attempt begins later than this after the first one failed.
     *
     * @param value more than zero; unless set 10 s on the synchronous dispatcher, where the publisher waits, and no bound on
     *     virtual threads, where nobody does
     * @return a policy with it
     */
    public RetryPolicy maxElapsed(Duration value) {
        return with(bounds.elapsed(Checks.positive(value, "maxElapsed")));
    }

    /**
     * Bounds the delay that a failure may ask for with {@link RetryAfter}; what is longer is cut to it.
     *
     * @param value more than zero; 1 h unless set
     * @return a policy with it
     */
    public RetryPolicy longestRetryAfter(Duration value) {
        return with(bounds.retryAfter(Checks.positive(value, "longestRetryAfter")));
    }

    /**
     * Takes each retry from a budget that several subscriptions may share; once it is used up, failures are given up.
     *
     * @param name of a {@link RetryBudgetPolicy} that the bus was given; no budget unless set
     * @return a policy with it
     */
    public RetryPolicy budget(String name) {
        return with(bounds.budget(Checks.name(name, "budget")));
    }

    /**
     * Spreads the delays: each is drawn from {@code [delay * (1 - value), delay]}.
     *
     * @param value 0 (none) to 1 (all of it)
     * @return a policy with it
     * @throws ConfigurationException if out of range, or the backoff draws its delays itself
     */
    public RetryPolicy jitter(double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new ConfigurationException("jitter must be in [0, 1], was " + value);
        }
        if (backoff instanceof Backoff.DecorrelatedJitter) {
            throw new ConfigurationException(
                    "jitter contradicts decorrelatedJitter, which draws its delays itself; leave it out "
                            + "or choose exponential");
        }
        return new RetryPolicy(backoff, value, bounds, conditions);
    }

    /**
     * Retries failures of a class, and from now on only those named by some {@code retryOn}.
     *
     * @param type an exception; errors are never retried
     * @return a policy with it
     */
    public RetryPolicy retryOn(Class<? extends Exception> type) {
        return retryOn(Checks.notNull(type, "type")::isInstance);
    }

    /**
     * Retries failures for which a predicate holds, and from now on only those named by some {@code retryOn}.
     *
     * @param failure asked in the handler's thread; one that throws stops the retries
     * @return a policy with it
     */
    public RetryPolicy retryOn(Predicate<Throwable> failure) {
        return with(conditions.retryOn(failure));
    }

    /**
     * Gives up at once on failures of a class, whatever {@code retryOn} says.
     *
     * @param type an exception
     * @return a policy with it
     */
    public RetryPolicy abortOn(Class<? extends Exception> type) {
        return abortOn(Checks.notNull(type, "type")::isInstance);
    }

    /**
     * Gives up at once on failures for which a predicate holds, whatever {@code retryOn} says.
     *
     * @param failure asked in the handler's thread; one that throws stops the retries
     * @return a policy with it
     */
    public RetryPolicy abortOn(Predicate<Throwable> failure) {
        return with(conditions.abortOn(failure));
    }

    /**
     * Returns the delays before jitter.
     *
     * @return the backoff
     */
    public Backoff backoff() {
        return backoff;
    }

    /**
     * Returns the most attempts of one round.
     *
     * @return at least 1
     */
    public int maxAttempts() {
        return bounds.attempts();
    }

    /**
     * Returns how late an attempt may begin after the first one failed.
     *
     * @return more than zero, or empty if it was not set
     */
    public Optional<Duration> maxElapsed() {
        return Optional.ofNullable(bounds.elapsed());
    }

    /**
     * Returns the longest delay that a failure may ask for.
     *
     * @return more than zero
     */
    public Duration longestRetryAfter() {
        return bounds.retryAfter();
    }

    /**
     * Returns the name of the budget that retries are taken from.
     *
     * @return a name, or empty without a budget
     */
    public Optional<String> budget() {
        return Optional.ofNullable(bounds.budget());
    }

    /**
     * Returns the share of each delay that is drawn at random.
     *
     * @return 0 to 1
     */
    public double jitter() {
        return jitter;
    }

    /**
     * Tells whether some {@code retryOn} or {@code abortOn} was said.
     *
     * @return false if every exception is retried
     */
    public boolean isSelective() {
        return conditions.isSelective();
    }

    /**
     * Tells whether a failure is one to retry, by its kind alone.
     *
     * @param failure what the handler threw
     * @return false for errors, interrupts, and what {@code abortOn} or {@code retryOn} leave out
     */
    public boolean retries(Throwable failure) {
        return isEverRetried(failure) && conditions.retries(failure);
    }

    private static boolean isEverRetried(Throwable failure) {
        return failure instanceof Exception && !(failure instanceof InterruptedException);
    }

    @Override
    public String toString() {
        return "RetryPolicy[" + backoff + ", maxAttempts=" + bounds.attempts() + ", maxElapsed="
                + orUnset(bounds.elapsed()) + ", jitter=" + jitter + ", retryOn=" + conditions.retryOn().size()
                + ", abortOn=" + conditions.abortOn().size() + ", longestRetryAfter=" + bounds.retryAfter()
                + ", budget=" + orUnset(bounds.budget()) + "]";
    }

    private static Object orUnset(@Nullable Object value) {
        return value == null ? "unset" : value;
    }
}
