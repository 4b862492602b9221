/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.idempotency;

import dev.eventbus.idempotency.IdempotencyStoreException;

/** Whether an attempt may begin, as far as its idempotency key is concerned. Immutable. */
public sealed interface ClaimAnswer {
    /**
     * It may, and ends the claim when it is over. Immutable.
     *
     * @param claim to be ended
     * @param forgotten how many completed keys were forgotten early for it
     */
    record Granted(Claim claim, int forgotten) implements ClaimAnswer {}

    /** An event with this key was handled. Immutable. */
    record Duplicate() implements ClaimAnswer {}

    /**
     * This bus is about the key: the caller is told when it is worth to claim again. Immutable.
     *
     * @param waiter withdraws what the caller has left to be run
     */
    record BusyHere(Waiter waiter) implements ClaimAnswer {}

    /**
     * Somebody else is about the key, and nobody will tell: the caller claims again after some time. Immutable.
     *
     * @param askAgainNanos after how long, 10 ms to 1 s
     */
    record BusyElsewhere(long askAgainNanos) implements ClaimAnswer {}

    /**
     * The store threw or has no room: the attempt has failed. Immutable.
     *
     * @param failure names store and subscription
     */
    record Broken(IdempotencyStoreException failure) implements ClaimAnswer {}
}
