/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.breaker;

/** The results that a closed breaker judges by. Not thread-safe. */
sealed interface SlidingWindow permits CountWindow, TimeWindow {
    /** Adds a result and lets go of those that are too old. */
    void add(boolean failed, boolean slow, long nowNanos);

    /** Returns the counts as of that moment; the same object each time. */
    Tally tally(long nowNanos);
}
