/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.lane;

/**
 * Lets a lane go on that waits: for the moment of its next attempt, the end of a claim, or room in a sequence.
 *
 * <p>One for each wait, so that what comes late ends no other: a timer, say, of a wait that somebody has cut short. It
 * may be run before the lane waits: who leaves a lane waiting looks afterwards whether it has been told. Both steps are
 * volatile on both sides, so one of the two sees the other. Thread-safe.
 */
final class Wake implements Runnable {
    private final LaneOrder order;
    private final Lane lane;
    private volatile boolean forRoom; // in a sequence, which the redrive of a letter makes
    private volatile boolean told;

    Wake(LaneOrder order, Lane lane) {
        this.order = order;
        this.lane = lane;
    }

    @Override
    public void run() {
        told = true;
        if (equals(lane.wake())) {
            order.goOn(lane);
        }
    }

    void waitsForRoom() {
        forRoom = true;
    }

    boolean isForRoom() {
        return forRoom;
    }

    boolean isTold() {
        return told;
    }
}
