/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.publish;

/**
 * What became of one event in one subscription.
 *
 * <p>{@code OPEN -> HANDLED | DEAD_LETTERED | PROPAGATED | CANCELLED | RETURNED | DROPPED | DUPLICATE |
 * EXPIRED}; everything but {@code OPEN} is final.
 *
 * @since 0.1
 */
public enum Outcome {
    /** Not decided: the delivery waits, runs or waits for its next attempt. */
    OPEN,
    /** The handler returned. */
    HANDLED,
    /** The attempts were given up; the event is a dead letter of the subscription, or with the last-resort sink. */
    DEAD_LETTERED,
    /** The attempts were given up; the outermost {@code publish} throws the failure. */
    PROPAGATED,
    /** The subscription was closed before the delivery began, or between two of its attempts. */
    CANCELLED,
    /** The shutdown's deadline came first; the event is listed in the close report. */
    RETURNED,
    /** The buffer was full and the overflow policy chose this delivery to make room. */
    DROPPED,
    /** The idempotent subscription has handled an event of the same key before. */
    DUPLICATE,
    /** Its time to live was over before the first attempt. */
    EXPIRED
}
