/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.benchmarks.contender;

/**
 * How handlers are called.
 *
 * <p>Immutable.
 */
public enum DeliveryMode {
    /** In the publisher's thread. */
    CALLER,
    /** One event at a time per subscription; Guava excludes but does not order, all others keep the order. */
    SERIAL,
    /** One event of each key at a time and in order; peers, which have no keys, deliver unordered. */
    KEYED,
    /** The same with one handler at a time in all: what order by key costs by itself. */
    KEYED_ALONE,
    /** Several at once, in no order. */
    UNORDERED;

    /**
     * Tells whether one handler may be called by several threads at once.
     *
     * @return whether it may
     */
    public boolean isConcurrent() {
        return this == KEYED || this == UNORDERED;
    }
}
