/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.deadletter;

/**
 * Why a delivery was given up.
 *
 * @since 0.1
 */
public enum DeadLetterReason {
    /** The last attempt that the retry policy allows has failed. */
    ATTEMPTS_EXHAUSTED,
    /** The next attempt would have begun later than the retry policy allows. */
    TIME_EXHAUSTED,
    /** The failure is an {@code Error}, or one that the retry policy does not retry. */
    NOT_RETRYABLE,
    /** The thread was interrupted in the handler or while it waited for the next attempt, and not by a shutdown. */
    INTERRUPTED,
    /** A filter of the subscription threw, so that nobody knows whether it wants the event. */
    FILTER_FAILED,
    /** The key function of the subscription threw, so that nobody knows whose turn the event has to wait for. */
    KEY_FAILED,
    /** The buffer was full, or the share of the key, and the overflow policy says dead letter. */
    OVERFLOW,
    /** Its time to live was over when an attempt after a failed one was due. */
    EXPIRED,
    /** The circuit breaker of a synchronous subscription was open, so that no attempt was made. */
    CIRCUIT_OPEN,
    /** The retry budget that the subscription shares was used up. */
    BUDGET_EXHAUSTED,
    /** Parked unattempted behind an earlier letter of its sequence, so that it is not handled before it. */
    PARKED_BEHIND,
    /** It waited for a retry and its key held its share of the buffer; so its sequence is parked. */
    KEY_SHARE_FULL,
    /** Another attempt of the same idempotency key did not end in time; synchronous subscriptions only. */
    KEY_IN_USE
}
