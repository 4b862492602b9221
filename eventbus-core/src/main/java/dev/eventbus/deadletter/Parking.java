/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.deadletter;

/**
 * What a store did with a letter that was to be parked.
 *
 * @since 0.1
 */
public enum Parking {
    /** The letter is the last one of its sequence now, or the first and only one. */
    KEPT,
    /** The sequence holds no letters, so there is nothing to be parked behind; the store has not changed. */
    NOT_PARKED,
    /** The sequence holds as many letters as it may; the store has not changed. */
    SEQUENCE_FULL,
    /** The store holds as many letters, or as many sequences, as it may; the store has not changed. */
    STORE_FULL
}
