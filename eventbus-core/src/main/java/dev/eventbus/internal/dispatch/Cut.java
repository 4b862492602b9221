/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.dispatch;

import dev.eventbus.internal.deliver.Publication;
import dev.eventbus.internal.runtime.Ports;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A shutdown's mark in a lane: from now on the deliveries of its owner have been returned.
 *
 * <p>The interrupt that goes with it is meant for the handler alone. So the owner does not leave before the cut has
 * arrived, that is, before the shutdown has sent the interrupt or has decided not to. Thread-safe.
 */
final class Cut {
    private final Publication<?> event;
    private final Ports ports;

    // Written by the shutdown before arrived, read by the owner after it.
    private boolean interrupts;
    private boolean owed; // not sent: the owner was in a store, and interrupts itself when it is back in a handler
    private boolean wasInterrupted; // by somebody else, before

    private volatile boolean arrived;
    private volatile @Nullable Thread waiting; // the owner, when it waits for that

    Cut(Publication<?> event, Ports ports) {
        this.event = event;
        this.ports = ports;
    }

    /** Returns what was in its deliveries. */
    Publication<?> event() {
        return event;
    }

    /* ---------------- the shutdown ---------------- */

    /**
     * Interrupts the owner if it is in a handler. An owner that is bringing its delivery to an end is in none: it keeps
     * a letter, or tells observers. If that delivery is a redrive's, the handler around it is interrupted when it goes
     * on.
     */
    void interrupt(@Nullable Thread owner, boolean running, boolean suspendedRunning) {
        if (owner != null && (running || suspendedRunning)) {
            interrupts = true;
            wasInterrupted = owner.isInterrupted();
            owed = !running;
            if (running) {
                ports.runtime().interrupt(owner);
            }
        }
    }

    void arrive() {
        arrived = true;
        Thread owner = waiting;
        if (owner != null) {
            ports.runtime().unpark(owner);
        }
    }

    /* ---------------- the owner ---------------- */

    /** Waits for the shutdown; returns whether the thread was interrupted meanwhile, and clears that. */
    boolean awaitArrival() {
        boolean seen = false;
        waiting = Thread.currentThread();
        while (!arrived) {
            ports.runtime().parkUntil(ports.deadlineNanos(Duration.ofDays(1)));
            seen |= Thread.interrupted();
        }
        return seen;
    }

    boolean isOwed() {
        return owed;
    }

    /** Tells whether an interrupt was somebody else's, given that the owner has seen and cleared some or none. */
    boolean leavesInterrupt(boolean seen) {
        return wasInterrupted || (seen && !interrupts);
    }
}
