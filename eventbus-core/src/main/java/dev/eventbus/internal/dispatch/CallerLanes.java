/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.dispatch;

import dev.eventbus.internal.deliver.Publication;
import dev.eventbus.internal.deliver.StripedCounter;
import dev.eventbus.internal.runtime.Ports;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The lanes of the threads that publish: a fixed set, found by thread id, and further ones for as long as more threads
 * publish at once. Thread-safe.
 */
final class CallerLanes {
    private final CallerLane[] lanes;
    private final Queue<CallerLane> extra = new ConcurrentLinkedQueue<>(); // at most one per thread that publishes now
    private final int pendingLimit;
    private final Ports ports;

    CallerLanes(int stripes, int pendingLimit, Ports ports) {
        this.lanes = new CallerLane[stripes];
        this.pendingLimit = pendingLimit;
        this.ports = ports;
        for (int stripe = 0; stripe < stripes; stripe++) {
            lanes[stripe] = new CallerLane(this, stripe, pendingLimit, ports);
        }
    }

    CallerLane claim(Publication<?> event, Thread thread) {
        int home = (int) thread.threadId();
        for (int i = 0; i < lanes.length; i++) {
            CallerLane lane = lanes[(home + i) & (lanes.length - 1)];
            if (lane.tryClaim(event)) {
                return lane;
            }
        }
        CallerLane lane = new CallerLane(this, StripedCounter.NO_STRIPE, pendingLimit, ports);
        lane.tryClaim(event);
        extra.add(lane);
        return lane;
    }

    /** Forgets a lane that was made for one publish. */
    void left(CallerLane lane) {
        if (lane.stripe() == StripedCounter.NO_STRIPE) {
            extra.remove(lane);
        }
    }

    /** Finds the lane that has an event in its deliveries. */
    @Nullable CallerLane within(Publication<?> event) {
        for (CallerLane lane : lanes) {
            if (lane.isWithin(event)) {
                return lane;
            }
        }
        for (CallerLane lane : extra) {
            if (lane.isWithin(event)) {
                return lane;
            }
        }
        return null;
    }

    boolean owns(CallerLane lane) {
        return lane.lanes() == this;
    }

    boolean allFree() {
        return all().stream().allMatch(CallerLane::isFree);
    }

    /** Holds when every publish of another thread that is under way now has gone on to another event, or is over. */
    BooleanSupplier whenOthersAreDone() {
        Map<CallerLane, Publication<?>> busy = new LinkedHashMap<>();
        for (CallerLane lane : all()) {
            Publication<?> event = lane.deliveringForOthers();
            if (event != null) {
                busy.put(lane, event);
            }
        }
        return () -> busy.entrySet().stream().noneMatch(at -> at.getKey().isWithin(at.getValue()));
    }

    List<CallerLane> all() {
        List<CallerLane> all = new ArrayList<>(List.of(lanes));
        all.addAll(extra);
        return all;
    }
}
