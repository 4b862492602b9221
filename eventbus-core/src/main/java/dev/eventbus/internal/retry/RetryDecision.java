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
     * @param delayNanos after this time, in [0, the backoff's maximum]
     */
    record RetryAfter(long delayNanos) implements RetryDecision {}

    /**
     * Stop.
     *
     * @param reason why
     */
    record GiveUp(DeadLetterReason reason) implements RetryDecision {}
}
