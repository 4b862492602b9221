/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.lane;

/**
 * Lets a lane go on that waits for somebody else: the end of a claim, or room in a sequence.
 *
 * <p>It may be run before the lane waits: who leaves a lane waiting looks afterwards whether it has been told. Both steps
 * are volatile on both sides, so one of the two sees the other. Thread-safe.
 */
final class Wake implements Runnable {
    private final LaneOrder order;
    private final Lane lane;
    private volatile boolean told;

    Wake(LaneOrder order, Lane lane) {
        this.order = order;
        this.lane = lane;
    }

    @Override
    public void run() {
        told = true;
        if (lane.isWaitingFor(this)) { // else it comes too late, or early enough for the owner to see it
            order.goOn(lane);
        }
    }

    boolean isTold() {
        return told;
    }
}
