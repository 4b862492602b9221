/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

/**
 * Which order a recorded subscription promises.
 *
 * @since 0.1
 */
public enum SubscriptionKind {
    /** One delivery at a time, in publish order. */
    SERIAL,
    /** The same for each key. */
    KEYED,
    /** No order, and deliveries may overlap. */
    UNORDERED,
    /** Handlers run in the publisher's thread: events after those that caused them, no order among publishers. */
    SYNCHRONOUS;

    /** Returns whether its deliveries queue up in lanes, one after the other. */
    boolean hasLanes() {
        return this == SERIAL || this == KEYED;
    }
}
