/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.lane;

import dev.eventbus.internal.deliver.AttemptResult;
import dev.eventbus.internal.deliver.Batching;
import dev.eventbus.internal.runtime.Ports;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Handles the deliveries of a serial subscription in batches.
 *
 * <p>A batch that fails is halved, and its halves come next, in their order; one that has come to stand alone is a
 * delivery like any other, with its retries and its dead letter. Confined to the owner of the one lane, but where said
 * otherwise.
 */
final class BatchDelivery {
    private static final long NONE = Long.MIN_VALUE;

    private final Lanes lanes;
    private final LaneContext context;
    private final LaneDelivery delivery;
    private final Batching batching;
    private final Deque<List<LaneSlot>> groups = new ArrayDeque<>(); // taken and not ended, in order
    private long gatherUntil = NONE;
    private volatile boolean gathering; // written by the owner, read by publishers

    BatchDelivery(Lanes lanes, LaneContext context, LaneDelivery delivery, Batching batching) {
        this.lanes = lanes;
        this.context = context;
        this.delivery = delivery;
        this.batching = batching;
    }

    /** Tells whether what waits is enough for a call, so that the lane need not wait on; for any thread. */
    boolean isFull() {
        return gathering && lanes.places().inFlight() >= batching.max();
    }

    /** Handles what comes next; returns OVER, CUT, or the nanoseconds to wait. Throws nothing. */
    long attempt(Worker worker, Lane lane) {
        if (groups.isEmpty()) {
            long wait = gather(lane);
            if (wait > 0) {
                return wait;
            }
        }
        List<LaneSlot> group = groups.remove();
        long result = group.size() == 1 ? alone(worker, lane, group) : together(worker, lane, group);
        List<LaneSlot> next = groups.peek();
        if (next == null) {
            lane.gathered(List.of());
            lane.clear();
        } else {
            lane.take(next.get(0));
        }
        return result;
    }

    /* ---------------- gathering ---------------- */

    // What comes meanwhile stays in the inbox, so that a shutdown finds it there.
    private long gather(Lane lane) {
        long wait = lanes.isClosed() || lanes.places().inFlight() >= batching.max() ? 0 : untilGathered();
        gathering = wait > 0;
        if (wait > 0) {
            return wait;
        }
        gatherUntil = NONE;
        List<LaneSlot> taken = lanes.order().takeMore(lane, batching.max());
        groups.add(taken);
        return 0;
    }

    private long untilGathered() {
        long now = context.ports().clocks().monotonicNanos();
        if (gatherUntil == NONE) {
            gatherUntil = now + Ports.toNanos(batching.maxWait());
        }
        return gatherUntil - now;
    }

    /* ---------------- handling ---------------- */

    private long alone(Worker worker, Lane lane, List<LaneSlot> group) {
        LaneSlot slot = group.get(0);
        lane.take(slot);
        long result = delivery.attempt(worker, lane, slot);
        if (result == LaneDelivery.OVER) {
            finish(slot);
        } else if (result != LaneDelivery.CUT) {
            groups.push(group);
        }
        return result;
    }

    private long together(Worker worker, Lane lane, List<LaneSlot> group) {
        BatchCall call = new BatchCall(lanes, context, delivery);
        int entered = 0;
        while (entered < group.size() && call.enter(lane, group.get(entered))) {
            entered++;
        }
        leaveRest(group.subList(entered, group.size()), call.isEmpty());
        if (call.isEmpty()) {
            group.subList(0, entered).forEach(this::finishIfOver);
            return LaneDelivery.OVER;
        }
        lane.take(call.first());
        lane.calls(call.slots());
        AttemptResult result = run(call, worker, lane);
        lane.calls(List.of());
        if (result == null) {
            return LaneDelivery.CUT;
        }
        if (result instanceof AttemptResult.Failed) {
            halve(call.slots());
        }
        group.subList(0, entered).forEach(this::finishIfOver);
        return LaneDelivery.OVER;
    }

    // No handler throws there, only what the bus was given: whatever it was, none of them may be left without outcome.
    private @Nullable AttemptResult run(BatchCall call, Worker worker, Lane lane) {
        try {
            return call.run(worker, lane);
        } catch (Throwable broken) {
            for (LaneSlot slot : call.slots()) {
                if (slot.event() != null) {
                    delivery.giveUpUnattempted(slot, slot.event(), broken);
                }
            }
            return new AttemptResult.Succeeded(null); // they have their outcomes: there is nothing to halve
        }
    }

    // One that has to wait stands alone, unless others can be handled before it.
    private void leaveRest(List<LaneSlot> rest, boolean first) {
        if (first && rest.size() > 1) {
            groups.push(new ArrayList<>(rest.subList(1, rest.size())));
            groups.push(List.of(rest.get(0)));
        } else if (!rest.isEmpty()) {
            groups.push(new ArrayList<>(rest));
        }
    }

    private void halve(List<LaneSlot> failed) {
        List<LaneSlot> open = failed.stream().filter(BatchDelivery::isOpen).toList();
        int half = (open.size() + 1) / 2;
        if (half < open.size()) {
            groups.push(open.subList(half, open.size()));
        }
        if (half > 0) {
            groups.push(open.subList(0, half));
        }
    }

    private void finishIfOver(LaneSlot slot) {
        if (!isOpen(slot)) {
            finish(slot);
        }
    }

    private static boolean isOpen(LaneSlot slot) {
        return slot.event() != null && slot.event().isOpen(slot.index());
    }

    private void finish(LaneSlot slot) {
        slot.over();
        if (lanes.crew().isCut()) {
            slot.giveBackOnce();
        } else {
            lanes.gaveBack();
        }
    }
}
