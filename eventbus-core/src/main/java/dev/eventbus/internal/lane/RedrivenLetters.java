/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.lane;

import dev.eventbus.internal.deliver.Publication;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The letters that are redriven in the lanes of one subscription, so that a key which a full sequence holds lets the one
 * pass that makes room.
 *
 * <p>Who redrives offers the letter and then tells a held lane; a lane that is held says so and then looks here. So one of
 * the two sees the other. Thread-safe.
 */
final class RedrivenLetters {
    private final LaneOrder order;
    private final boolean byKey;
    private final Map<Object, LaneSlot> offered = new ConcurrentHashMap<>(); // at most one redrive of each sequence

    RedrivenLetters(LaneOrder order, boolean byKey) {
        this.order = order;
        this.byKey = byKey;
    }

    /** Offers a letter whose turn has been taken. */
    void offer(LaneSlot slot) {
        Object sequence = sequenceOf(slot);
        if (sequence == null) {
            return;
        }
        offered.put(sequence, slot);
        Lane lane = order.laneOf(sequence);
        Wake wake = lane == null ? null : lane.wake();
        if (wake != null && wake.isForRoom()) {
            wake.run();
        }
    }

    /** Finds the letter of the sequence of a held delivery, if it has not ended. */
    @Nullable LaneSlot of(LaneSlot held) {
        Object sequence = sequenceOf(held);
        LaneSlot slot = sequence == null ? null : offered.get(sequence);
        Publication<?> event = slot == null ? null : slot.event();
        return event != null && slot != null && event.isOpen(slot.index()) && !slot.equals(held) ? slot : null;
    }

    /** Forgets a letter whose turn is over. */
    void forget(LaneSlot slot) {
        Object sequence = sequenceOf(slot);
        if (sequence != null) {
            offered.remove(sequence, slot);
        }
    }

    private @Nullable Object sequenceOf(LaneSlot slot) {
        return byKey ? slot.key() : order instanceof SerialOrder ? SerialOrder.THE_ONLY_ONE : null;
    }
}
