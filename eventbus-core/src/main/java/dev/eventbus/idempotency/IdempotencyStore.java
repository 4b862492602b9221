/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.idempotency;

import dev.eventbus.internal.check.Checks;
import dev.eventbus.spi.Clocks;
import java.time.Duration;

/**
 * Keeps which keys are being handled and which were, for each subscription.
 *
 * <p>A key is free, running or completed. A claim takes it from free to running; {@link #release} takes it back to free,
 * {@link #complete} on to completed; there it stays for the retention time, and is free again:
 *
 * <ul>
 *   <li>Of all that claim a free key at the same time exactly one is given it.
 *   <li>Only the token of the running claim ends it. A claim whose lease is over may be taken over; its token is worth nothing
 *       from then on.
 *   <li>A running claim is never given up for want of room.
 * </ul>
 *
 * <p>Each method is one atomic step. It may take its time and may throw: an event whose claim throws is not handled, and
 * one that was handled stays handled whatever {@code complete} throws. Keys are the same if they have the same characters;
 * those of two subscriptions never meet. Implementations are thread-safe; the bus holds no lock when it calls them.
 *
 * @since 0.1
 */
public interface IdempotencyStore {
    /** Longest key, in characters, that an {@link IdempotencyPolicy} makes. */
    int MAX_KEY_LENGTH = Checks.MAX_NAME + 16;

    /**
     * Claims a key that is free.
     *
     * @param subscription name of the subscription
     * @param key what the event is known by, at most {@value #MAX_KEY_LENGTH} characters
     * @param lease how long the claim lasts if nobody ends it, because its process is gone; a store whose claims end with
     *     the process ignores it
     * @return the claim, or why there is none
     */
    ClaimResult claim(String subscription, String key, Duration lease);

    /**
     * Ends a claim after the event was handled.
     *
     * @param subscription name of the subscription
     * @param key the key that was claimed
     * @param token the claim's
     * @param retention how long from now the key is completed, more than zero
     * @return false if the token is not that of the key's running claim; then the store has not changed
     */
    boolean complete(String subscription, String key, long token, Duration retention);

    /**
     * Ends a claim after the attempt has failed: the key is free again.
     *
     * @param subscription name of the subscription
     * @param key the key that was claimed
     * @param token the claim's
     * @return false if the token is not that of the key's running claim; then the store has not changed
     */
    boolean release(String subscription, String key, long token);

    /**
     * Counts the keys that take up room.
     *
     * @return running ones, completed ones, and those whose retention time is over but which have not been removed yet
     */
    int size();

    /**
     * Counts the completed keys that were forgotten before their time for want of room.
     *
     * @return how many, since the store was made
     */
    long forgotten();

    /**
     * Returns a store in memory that forgets the oldest completed key when it is full.
     *
     * <p>Its keys are gone with the process, so it knows duplicates of this process alone. It has no lease: a running claim
     * lasts until it is ended.
     *
     * @param capacity most keys, running and completed, at least 1
     * @return an empty store
     */
    static IdempotencyStore inMemory(int capacity) {
        return inMemory(capacity, Clocks.system());
    }

    /**
     * Returns a store in memory with clocks of its own; see {@link #inMemory(int)}.
     *
     * @param capacity most keys, running and completed, at least 1
     * @param clocks the monotonic one tells when a retention time is over
     * @return an empty store
     */
    static IdempotencyStore inMemory(int capacity, Clocks clocks) {
        return inMemory(capacity, clocks, WhenFull.FORGET_OLDEST);
    }

    /**
     * Returns a store in memory that does what is chosen when it is full; see {@link #inMemory(int)}.
     *
     * @param capacity most keys, running and completed, at least 1
     * @param clocks the monotonic one tells when a retention time is over
     * @param whenFull what to do with a claim for which there is no room
     * @return an empty store
     */
    static IdempotencyStore inMemory(int capacity, Clocks clocks, WhenFull whenFull) {
        return new InMemoryIdempotencyStore(Checks.atLeast(capacity, 1, "capacity"), Checks.notNull(clocks, "clocks"),
                Checks.notNull(whenFull, "whenFull"));
    }
}
