/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deliver;

import dev.eventbus.deadletter.FailedAttempt;
import dev.eventbus.internal.check.Printable;
import dev.eventbus.internal.retry.RetryDecider;
import dev.eventbus.internal.retry.RetryDecision;
import dev.eventbus.internal.runtime.Ports;
import java.util.ArrayList;
import java.util.List;

/**
 * The attempts of one delivery from its first failure on: their history, and what follows from it.
 *
 * <p>Attempts are numbered over all rounds; the retry policy counts those of this one. Confined to the thread that
 * delivers.
 */
public final class DeliveryRound {
    private final Target target;
    private final Ports ports;
    private final int before;
    private final List<FailedAttempt> attempts;
    private long firstFailedNanos;
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
        this.before = before.size();
        this.attempts = new ArrayList<>(before);
    }

    /**
     * Takes down a failed attempt.
     *
     * @param failed what it came to
     * @return whether and when there will be another
     */
    public RetryDecision failed(AttemptResult.Failed failed) {
        long now = ports.clocks().monotonicNanos();
        if (attempts.size() == before) {
            firstFailedNanos = now;
        }
        Throwable failure = failed.failure();
        attempts.add(
                new FailedAttempt(nextAttempt(), ports.now(), Printable.className(failure), Printable.message(failure),
                        Fingerprint.of(failure), failed.elapsed()));
        RetryDecision decision = RetryDecider.decide(target.subscriber().retry(), attempts.size() - before,
                now - firstFailedNanos, delayNanos, failure, ports.random());
        if (decision instanceof RetryDecision.RetryAfter again) {
            delayNanos = again.delayNanos();
        }
        return decision;
    }

    /**
     * Returns the number of the attempt that would come next.
     *
     * @return one more than all failed ones of all rounds
     */
    public int nextAttempt() {
        return attempts.size() + 1;
    }

    /**
     * Returns the history.
     *
     * @return failed attempts of all rounds, oldest first
     */
    public List<FailedAttempt> attempts() {
        return attempts;
    }
}
