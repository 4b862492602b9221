/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.revenue;

/** How revenue changes. */
public enum Change {
    /** A sale was entered. */
    RECOGNIZED,
    /** What was entered was corrected. */
    ADJUSTED,
    /** A sale was taken back. */
    REVERSED
}
