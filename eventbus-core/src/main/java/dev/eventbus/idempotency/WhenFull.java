/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.idempotency;

/**
 * What a bounded {@link IdempotencyStore} does with a new claim when it has no room.
 *
 * <p>Keys whose retention time is over make room first, and a running claim is never given up. Immutable.
 *
 * @since 0.1
 */
public enum WhenFull {
    /** Forgets the key that was completed first, and says so: an event with that key would be handled again. */
    FORGET_OLDEST,

    /** Refuses the claim, so that nothing is forgotten early: the event cannot be handled until there is room. */
    REFUSE
}
