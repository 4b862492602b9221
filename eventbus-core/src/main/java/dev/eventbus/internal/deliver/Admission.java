/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deliver;

/** What became of the request for one place. */
public enum Admission {
    /** There is a place now. */
    PLACE,
    /** All places are taken. */
    FULL,
    /** The key waits for a retry and holds its share of the places. */
    KEY_FULL,
    /** The subscription is closed: the event goes on without it. */
    CLOSED
}
