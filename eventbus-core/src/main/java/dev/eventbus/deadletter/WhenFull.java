/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.deadletter;

/**
 * What happens to an event that has to be parked when its sequence has no room.
 *
 * @since 0.1
 */
public enum WhenFull {
    /** It goes to the last-resort sink; those behind it in the lane go on being parked where there is room again. */
    LAST_RESORT,
    /** It waits in its lane, and its key with it, until a letter of the sequence is redriven, discarded or has expired. */
    HOLD
}
