/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.policy;

/**
 * What a subscription does about a failure that one of its {@link FailureRules} names.
 *
 * @since 0.1
 */
public enum FailureAction {
    /**
     * Attempts again as the retry policy says; only its {@code retryOn} and {@code abortOn} are not asked. Errors and
     * interrupts are not retried all the same.
     */
    RETRY,
    /** Gives up at once: a dead letter. */
    DEAD_LETTER,
    /** Gives up at once and throws the failure to the publisher, in place of a dead letter. */
    PROPAGATE,
    /** Stops the subscription: no further attempt of any of its deliveries begins. */
    STOP
}
