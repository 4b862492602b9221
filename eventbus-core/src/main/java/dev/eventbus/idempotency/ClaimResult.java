/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.idempotency;

import dev.eventbus.internal.check.Checks;
import java.time.Duration;

/**
 * What an {@link IdempotencyStore} says to a claim of a key.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public sealed interface ClaimResult {
    /**
     * The caller has the claim. Immutable.
     *
     * @param token names this claim; the store never issues the same again, for whatever key
     * @param forgotten how many completed keys the store has forgotten before their time to make room for it
     */
    record Claimed(long token, int forgotten) implements ClaimResult {
        /** Creates the answer. */
        public Claimed {
            Checks.atLeast(forgotten, 0, "forgotten");
        }
    }

    /**
     * Another claim of the key runs. Immutable.
     *
     * @param askAgain after what time it is worth to ask again, zero or more; advice, not a promise
     */
    record Running(Duration askAgain) implements ClaimResult {
        /** Creates the answer. */
        public Running {
            Checks.notNegative(askAgain, "askAgain");
        }
    }

    /** The key was completed, and its retention time is not over. Immutable. */
    record Completed() implements ClaimResult {}

    /** The store has no room, and nothing that it may forget; it has not changed. Immutable. */
    record Full() implements ClaimResult {}
}
