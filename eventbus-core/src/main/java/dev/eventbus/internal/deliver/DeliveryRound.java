/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deliver;

import dev.eventbus.deadletter.FailedAttempt;
import dev.eventbus.internal.check.Printable;
import dev.eventbus.internal.retry.RetryDecider;
import dev.eventbus.internal.retry.RetryDecision;
import dev.eventbus.internal.retry.RoundSoFar;
import dev.eventbus.internal.runtime.Ports;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of one delivery from its first failure on: their history, and what follows from it.
 *
 * <p>Attempts are numbered over all rounds; the retry policy counts those of this one. Of more than 100 failed attempts the
 * history keeps the first 10 and the latest 90, so that a letter which is redriven for ever stays of one size; numbers go
 * on. Confined to the thread that delivers.
 */
public final class DeliveryRound {
    private static final int FIRST_KEPT = 10;
    private static final int MOST_KEPT = 100;

    private final Target target;
    private final Ports ports;
    private final List<FailedAttempt> attempts;
    private volatile int next; // number of the next attempt; written by the owner, read by a shutdown
    private volatile @Nullable Throwable lastFailure;
    private int counted; // failed attempts of this round that the policy counts
    private long firstFailedNanos; // the first of those
    private long stoodStillNanos; // since then
    private long delayNanos;

    /**
     * Creates a round.
     *
     * @param target who handles
     * @param ports clock and randomness
     * @param before failed attempts of earlier rounds, empty in the first
     */
    public DeliveryRound(Target target, Ports ports, List<FailedAttempt> before) {
        this.target = target;
        this.ports = ports;
        this.attempts = new ArrayList<>(before);
        this.next = nextAttempt(before);
        forgetSurplus();
    }

    /**
     * Takes down a failed attempt.
     *
     * @param failed what it came to
     * @return whether and when there will be another
     */
    public RetryDecision failed(AttemptResult.Failed failed) {
        long now = ports.clocks().monotonicNanos();
        if (counted == 0) {
            firstFailedNanos = now;
        }
        note(failed);
        counted++;
        RetryDecision decision = RetryDecider.decide(
                target.subscriber().policies().retry(),
                new RoundSoFar(counted, elapsedNanos(now), delayNanos, now), failed.failure(), ports.random());
        if (decision instanceof RetryDecision.Retry again) {
            delayNanos = again.delayNanos();
        }
        return decision;
    }

    // A clock that goes back must not turn into a time that is over.
    private long elapsedNanos(long now) {
        return Math.max(0, Math.max(0, now - firstFailedNanos) - stoodStillNanos);
    }

    /**
     * Takes down a failed attempt that the policy does not count, since its handler got more than this event: a batch that is
     * halved and attempted again at once. It has a number and stands in the history.
     *
     * @param failed what it came to
     */
    public void split(AttemptResult.Failed failed) {
        note(failed);
    }

    /**
     * Leaves a time out of what {@code maxElapsed} counts: an open breaker held the lane. Before the first failure that
     * counts, no time runs, and this does nothing.
     *
     * @param nanos how long, of the time since the latest failure; below zero counts as zero
     */
    public void stoodStill(long nanos) {
        if (counted > 0) {
            long more = Math.max(0, nanos);
            stoodStillNanos += Math.min(more, Long.MAX_VALUE - stoodStillNanos);
        }
    }

    private void note(AttemptResult.Failed failed) {
        Throwable failure = failed.failure();
        attempts.add(
                new FailedAttempt(next, ports.now(), Printable.className(failure), Printable.message(failure),
                        Fingerprint.of(failure), failed.elapsed()));
        lastFailure = failure;
        next = nextAttempt(attempts);
        forgetSurplus();
    }

    private void forgetSurplus() {
        int surplus = attempts.size() - MOST_KEPT;
        if (surplus > 0) {
            attempts.subList(FIRST_KEPT, FIRST_KEPT + surplus).clear();
        }
    }

    /**
     * Returns the number of the attempt that would come next.
     *
     * @return one more than all failed ones of all rounds
     */
    public int nextAttempt() {
        return next;
    }

    /**
     * Tells whether an attempt of this round has failed.
     *
     * @return false before the first failure
     */
    public boolean hasFailed() {
        return lastFailure != null;
    }

    /**
     * Returns what the latest attempt of this round threw.
     *
     * @return the failure
     * @throws NullPointerException if none has failed
     */
    public Throwable lastFailure() {
        return Objects.requireNonNull(lastFailure, "lastFailure");
    }

    /**
     * Returns the number of the attempt that would follow a history.
     *
     * @param before failed attempts, oldest first; not all need be in it
     * @return one more than the latest's, 1 after none
     */
    public static int nextAttempt(List<FailedAttempt> before) {
        return before.isEmpty() ? 1 : before.getLast().number() + 1;
    }

    /**
     * Returns the history.
     *
     * @return failed attempts of all rounds, oldest first; of more than 100 the first 10 and the latest 90
     */
    public List<FailedAttempt> attempts() {
        return attempts;
    }
}
