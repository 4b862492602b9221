/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.dispatch;

import dev.eventbus.internal.deliver.Publication;
import dev.eventbus.internal.deliver.Slot;
import dev.eventbus.internal.deliver.Undecided;
import dev.eventbus.internal.outcome.Endings;
import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.publish.Outcome;
import dev.eventbus.subscribe.Overflow;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;

/**
 * Hands an accepted event over to the lanes.
 *
 * <p>It takes its turn in all of them (commit) before any of them may begin with it (write): whatever a handler
 * publishes has later turns everywhere (O-3). Neither can fail or wait. Thread-safe.
 */
final class HandOff {
    private final Ports ports;
    private final Endings endings;

    HandOff(Ports ports, Endings endings) {
        this.ports = ports;
        this.endings = endings;
    }

    /** Makes room where a policy drops the oldest; returns what is dropped, for {@link #endDropped}. */
    static List<Slot> drop(Publication<?> event) {
        List<Slot> dropped = List.of();
        for (Slot slot = event.slots(); slot != null; slot = slot.sibling()) {
            if (!slot.hasPlace() && Overflow.DROP_OLDEST.equals(slot.overflow())) {
                dropped = dropFor(slot, dropped);
            }
        }
        return dropped;
    }

    private static List<Slot> dropFor(Slot slot, List<Slot> dropped) {
        Slot oldest = slot.dropOldest();
        if (oldest == null) {
            return dropped;
        }
        List<Slot> more = new ArrayList<>(dropped);
        more.add(oldest);
        return more;
    }

    /** Takes the turns; after a first attempt that met the end of the stack those that are missing. */
    void commit(Publication<?> event) {
        for (Slot slot = event.slots(); slot != null; slot = slot.sibling()) {
            if (slot.hasPlace() && !slot.isCommitted()) {
                slot.commit();
                ports.runtime().mark("committed");
            }
        }
    }

    /** Takes the turns of a nested event while its queue is locked: nobody may handle it before. */
    static void commitUnannounced(Publication<?> event) {
        for (Slot slot = event.slots(); slot != null; slot = slot.sibling()) {
            if (slot.hasPlace()) {
                slot.commitUnannounced();
            }
        }
    }

    /** Tells of the turns when the queue is no longer locked. */
    static void announce(Publication<?> event) {
        for (Slot slot = event.slots(); slot != null; slot = slot.sibling()) {
            if (slot.hasPlace()) {
                slot.announce();
            }
        }
    }

    /** Ends what was dropped for an event. */
    void endDropped(List<Slot> dropped) {
        for (Slot slot : dropped) {
            Publication<?> victim = slot.event();
            if (victim != null) {
                carryOut(victim, slot.index(), () -> endings.end(victim, slot.index(), Outcome.DROPPED));
            }
            slot.over();
            slot.free();
            slot.wake(false); // it has kept its lane
        }
    }

    /** Ends the deliveries that got no turn. */
    void carryOut(Publication<?> event) {
        for (Slot slot = event.slots(); slot != null; slot = slot.sibling()) {
            if (!slot.hasPlace() && event.isOpen(slot.index())) {
                endUnhanded(event, slot);
            }
        }
        for (int index = 0; index < event.size(); index++) {
            Undecided undecided = event.target(index).inlet() == null ? null : event.undecided(index);
            if (undecided != null && event.isOpen(index)) {
                giveUp(event, index, undecided);
            }
        }
    }

    private void giveUp(Publication<?> event, int index, Undecided undecided) {
        carryOut(event, index,
                () -> endings.giveUp(event, index, undecided.reason(), undecided.failure(), List.of(), null));
    }

    private void endUnhanded(Publication<?> event, Slot slot) {
        carryOut(event, slot.index(), () -> endWithoutTurn(event, slot));
    }

    // A clock or an id that throws must not keep the others from their ends.
    private void carryOut(Publication<?> event, int index, Runnable end) {
        try {
            end.run();
        } catch (Throwable broken) {
            endings.lost(event, index, broken);
        }
    }

    private void endWithoutTurn(Publication<?> event, Slot slot) {
        if (event.target(slot.index()).subscriber().isClosed()) {
            endings.end(event, slot.index(), Outcome.CANCELLED);
        } else if (Overflow.DEAD_LETTER.equals(slot.overflow())) {
            endings.overflowed(event, slot.index());
        } else {
            endings.end(event, slot.index(), Outcome.DROPPED);
        }
    }

    /** Lets the lanes begin; the caller says whether it has touched the stack that starts of workers take. */
    void write(Publication<?> event, boolean canStart) {
        for (Slot slot = event.slots(); slot != null; slot = slot.sibling()) {
            if (slot.hasPlace()) {
                slot.write();
            }
        }
        VarHandle.fullFence(); // whoever finds nothing written now has gone to rest before, and is called
        ports.runtime().mark("written");
        for (Slot slot = event.slots(); slot != null; slot = slot.sibling()) {
            if (slot.hasPlace()) {
                slot.free();
            }
        }
        for (Slot slot = event.slots(); slot != null; slot = slot.sibling()) {
            if (slot.hasPlace()) {
                slot.wake(canStart);
            }
        }
    }
}
