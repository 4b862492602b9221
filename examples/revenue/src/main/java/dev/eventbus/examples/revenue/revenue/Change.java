/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.revenue;

/** How revenue changes. */
public enum Change {
    /** A sale was entered, or a month of a service has passed. */
    RECOGNIZED,
    /** A sale was entered that is to be earned later. */
    DEFERRED,
    /** What was entered was corrected. */
    ADJUSTED,
    /** A sale was taken back. */
    REVERSED
}
