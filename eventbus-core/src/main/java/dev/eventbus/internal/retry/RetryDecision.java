/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.retry;

import dev.eventbus.deadletter.DeadLetterReason;

/** What to do after a failed attempt. */
public sealed interface RetryDecision {
    /**
     * Attempt again.
     *
     * @param delayNanos after this time, in [0, the backoff's maximum] or what the failure asks for, within its bound
     */
    record Retry(long delayNanos) implements RetryDecision {}

    /**
     * Give the delivery up.
     *
     * @param reason why
     */
    record GiveUp(DeadLetterReason reason) implements RetryDecision {}

    /** Give the delivery up, and throw the failure to the publisher. */
    record Propagate() implements RetryDecision {}

    /** Stop the subscription. */
    record Stop() implements RetryDecision {}
}
