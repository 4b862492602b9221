/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.lane;

import dev.eventbus.internal.runtime.Ports;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
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
    private static final VarHandle TAIL;

    static {
        try {
            TAIL = MethodHandles.lookup().findVarHandle(Inbox.class, "tail", LaneSlot.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final Ports ports;
    private volatile LaneSlot tail; // VarHandle TAIL: the slot committed last
    private volatile LaneSlot head; // the slot taken last; written by the consumer

    Inbox(Ports ports, LaneSlot taken) {
        this.ports = ports;
        this.tail = taken;
        this.head = taken;
    }

    void commit(LaneSlot slot) {
        LaneSlot before = (LaneSlot) TAIL.getAndSet(this, slot);
        ports.runtime().mark("commit");
        before.link(slot);
    }

    /** The consumer's: looks at the next slot. */
    @Nullable LaneSlot peek() {
        return head.next();
    }

    /** The consumer's: takes the slot that it has looked at. */
    void take(LaneSlot peeked) {
        LaneSlot before = head;
        head = peeked;
        before.link(before); // a long chain of dead slots would keep young ones alive; a walk starts again there
    }

    /** Shows all slots that nobody has taken, while the consumer may go on taking. */
    void each(Consumer<LaneSlot> visitor) {
        LaneSlot at = head;
        for (LaneSlot next = at.next(); next != null; next = at.next()) {
            if (next == at) {
                next = head; // taken meanwhile: go on from where the consumer is
            } else {
                visitor.accept(next);
            }
            at = next;
        }
    }
}
