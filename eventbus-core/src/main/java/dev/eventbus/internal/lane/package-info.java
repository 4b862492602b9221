/*
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Stage lane: the order and the threads of a subscription on virtual threads.
 *
 * <pre>
 *  publisher --reserve--> Places     commit, write --> Inbox --> LaneOrder --> Lane --> Worker --> deliver
 *                         (bound)                     (turns)    (keys)       (one delivery at a time)
 * </pre>
 *
 * <p>A place is held from the acceptance of a delivery to its outcome. A lane is what is delivered one after the other: a
 * serial subscription is one lane, one by key has a lane for each key in flight, an unordered one a lane for each
 * delivery. Workers are virtual threads that take lanes; they end when there is nothing to do.
 */
@NullMarked
package dev.eventbus.internal.lane;

import org.jspecify.annotations.NullMarked;
