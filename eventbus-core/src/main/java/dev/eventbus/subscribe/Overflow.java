/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.subscribe;

import dev.eventbus.internal.check.Checks;
import java.time.Duration;

/**
 * What becomes of an event that meets a full buffer of a subscription.
 *
 * <p>{@link #block} and {@link #REJECT} concern the whole event: it reaches every subscription or none. The others
 * concern this subscription alone, and the event goes on to those that have room. Immutable.
 *
 * @since 0.1
 */
public sealed interface Overflow {
    /** Rejects the publish at once with a {@code BufferFullException}. */
    Overflow REJECT = Decided.REJECT;
    /** Makes the event a dead letter of this subscription, unattempted. */
    Overflow DEAD_LETTER = Decided.DEAD_LETTER;
    /**
     * Drops the oldest delivery that has not begun, in favour of the new one; where all have begun, the new one. Not for
     * subscriptions ordered by key.
     */
    Overflow DROP_OLDEST = Decided.DROP_OLDEST;
    /** Drops the new delivery. */
    Overflow DROP_NEWEST = Decided.DROP_NEWEST;

    /**
     * Lets the publisher wait for room, then rejects the publish with a {@code BufferFullException}.
     *
     * <p>Inside a delivery of any bus a publisher waits for at most one second. One that only itself could make the room
     * gets a {@code WouldDeadlockException} at once.
     *
     * @param timeout longest wait, more than zero
     * @return the policy
     */
    static Overflow block(Duration timeout) {
        return new Block(timeout);
    }

    /**
     * Waits. Immutable.
     *
     * @param timeout longest wait
     */
    record Block(Duration timeout) implements Overflow {
        /** Creates a policy. */
        public Block {
            Checks.positive(timeout, "timeout");
        }
    }

    /** Does not wait. */
    enum Decided implements Overflow {
        /** See {@link Overflow#REJECT}. */
        REJECT,
        /** See {@link Overflow#DEAD_LETTER}. */
        DEAD_LETTER,
        /** See {@link Overflow#DROP_OLDEST}. */
        DROP_OLDEST,
        /** See {@link Overflow#DROP_NEWEST}. */
        DROP_NEWEST
    }
}
