/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.lane;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Decides which delivery of a subscription comes next. */
sealed interface LaneOrder permits SerialOrder, KeyedOrder {
    /** Takes a lane whose first delivery may be attempted; null if there is none now. */
    @Nullable Lane next();

    /** Takes further deliveries to the first one of a lane, up to so many in all, and returns them all. */
    List<LaneSlot> takeMore(Lane lane, int most);

    /** Tells whether somebody should look for a lane. */
    boolean hasWork();

    /** Tells whether another worker would find a lane at once. */
    boolean hasMore();

    /** Ends the turn of a lane's first delivery, and gives the lane on. */
    void ended(Lane lane);

    /** Notes that a lane is about to wait: from now on it may hold no more than its share. */
    void willWait(Lane lane);

    /** Leaves a lane until its first delivery is attempted again; true if the worker has left with it. */
    boolean await(Lane lane);

    /** Gives on a lane that has waited long enough, or must not wait; does nothing if another was faster. */
    void goOn(Lane lane);

    /** Looks again at the lane that may have waited for this slot to be written. */
    void written(LaneSlot slot);

    /** Gives on every lane that waits, so that what is in them is cancelled. */
    void goOnAll();

    /** Takes back the timers of those that wait: nobody will be there when they come. */
    void forgetTimers();

    /** Lists everything that is in flight. */
    List<LaneSlot> all();

    /** Takes out the oldest delivery that has not begun; null if all have. */
    @Nullable LaneSlot dropOldest();

    /** Finds the lane of a key, or the only one; null if nothing of it is in flight. */
    @Nullable Lane laneOf(Object key);

    /** Tells whether a key that waits for a retry holds its share. */
    boolean isOverShare(Object key);

    /** Has the first delivery of a key given up that waits for a retry; false if none does. */
    boolean giveWay(Object key);

    /** Waits until a key holds less than its share, or the deadline, an interrupt or a refusal comes. */
    void awaitShare(Object key, long deadlineNanos, BooleanSupplier refused);

    /** Lets those look again who wait for a key's share. */
    void wakeShares();

    boolean isPaused(Object key);

    /** Returns the delivery that alone can make room for a key; null if several can. */
    @Nullable LaneSlot roomMaker(@Nullable Object key);

    void pause(Object key);

    void resume(Object key);

    /** Counts the deliveries that wait because their key is paused. */
    int pausedInFlight();
}
