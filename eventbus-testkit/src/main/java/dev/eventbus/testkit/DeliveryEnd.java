/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

/**
 * How a delivery ended for good; each recorded delivery ends in exactly one of these ways.
 *
 * @since 0.1
 */
public enum DeliveryEnd {
    /** A handler returned. */
    HANDLED(0),
    /** An idempotent subscription had handled it before. */
    DUPLICATE(1),
    /** Its time was over. */
    EXPIRED(2),
    /** It was given up, and the dead letter store or the last resort has it. */
    DEAD_LETTERED(3),
    /** An overflow policy left it out. */
    DROPPED(4),
    /** Its failure went to the publisher. */
    PROPAGATED(5),
    /** Its subscription was closed. */
    CANCELLED(6),
    /** The bus was shut down before, and the close report lists it. */
    RETURNED(7);

    /** Part of the code of a fact. */
    final int code;

    DeliveryEnd(int code) {
        this.code = code;
    }

    /** Returns whether such a delivery is over with its last attempt, however late that is recorded. */
    boolean isOverWithTheAttempt() {
        return this == HANDLED || this == PROPAGATED;
    }
}
