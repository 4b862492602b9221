/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.lane;

import dev.eventbus.internal.runtime.CacheLine;
import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.internal.runtime.WaitPoint;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The turns of a subscription: slots in the order in which publishers have committed them.
 *
 * <p>A linked queue for many producers and one consumer (D. Vyukov's node-based MPSC queue): a commit is one exchange of
 * the tail and one link, and can neither fail nor wait. Between the two steps the queue ends before the gap; the
 * publisher wakes the consumer afterwards. Bounded by {@link Places}: who commits has a place.
 */
final class Inbox {
    // Indexes of ends.
    private static final int TAIL = CacheLine.REFERENCES; // the slot committed last
    private static final int HEAD = 2 * CacheLine.REFERENCES; // the slot taken last; written by the consumer

    private final Ports ports;
    private final WaitPoint linked;
    private volatile boolean awaited; // for good: only a shutdown waits
    private final AtomicReferenceArray<LaneSlot> ends = new AtomicReferenceArray<>(3 * CacheLine.REFERENCES);

    Inbox(Ports ports, LaneSlot taken) {
        this.ports = ports;
        this.linked = new WaitPoint(ports);
        ends.set(TAIL, taken);
        ends.set(HEAD, taken);
    }

    void commit(LaneSlot slot) {
        LaneSlot before = ends.getAndSet(TAIL, slot);
        ports.runtime().mark("commit");
        before.link(slot);
        announce();
    }

    /** The same without a call to the runtime, for callers that hold a lock; {@link #announce} follows. */
    void commitUnannounced(LaneSlot slot) {
        LaneSlot before = ends.getAndSet(TAIL, slot);
        before.link(slot);
    }

    /** Wakes a shutdown that waits for a commit. */
    void announce() {
        if (awaited) {
            linked.wakeAll();
        }
    }

    /** Waits until there is no gap: what was committed behind one cannot be seen. */
    void awaitLinked(long deadlineNanos) {
        awaited = true;
        try {
            linked.await(this::isLinked, deadlineNanos);
        } catch (InterruptedException impatient) {
            ports.runtime().interrupt(Thread.currentThread()); // as if the deadline had come
        }
    }

    private boolean isLinked() {
        LaneSlot last = head();
        for (LaneSlot next = last.next(); next != null; next = last.next()) {
            last = next == last ? head() : next;
        }
        return last == ends.get(TAIL);
    }

    private LaneSlot head() {
        return ends.get(HEAD);
    }

    /** The consumer's: looks at the next slot. */
    @Nullable LaneSlot peek() {
        return head().next();
    }

    /** The consumer's: takes the slot that it has looked at. */
    void take(LaneSlot peeked) {
        LaneSlot before = head();
        ends.setRelease(HEAD, peeked);
        before.link(before); // a long chain of dead slots would keep young ones alive; a walk starts again there
    }

    /** Shows all slots that nobody has taken, while the consumer may go on taking. */
    void each(Consumer<LaneSlot> visitor) {
        LaneSlot at = head();
        for (LaneSlot next = at.next(); next != null; next = at.next()) {
            if (next == at) {
                next = head(); // taken meanwhile: go on from where the consumer is
            } else {
                visitor.accept(next);
            }
            at = next;
        }
    }
}
