/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.lane;

import dev.eventbus.internal.runtime.Ports;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The publishers that wait for a place, one woken for each place that comes back.
 *
 * <p>A publisher joins the queue and then looks for room; who gives a place back does that first and then looks into the
 * queue: one of the two sees the other. Who was woken takes the place or wakes the next, so that no place stays unseen.
 * Those inside a delivery come first: others may wait for what they hold. Thread-safe.
 */
final class RoomWaiters {
    private static final class Waiter {
        private final Thread thread;
        private volatile boolean woken; // written by who takes it out of the queue

        Waiter(Thread thread) {
            this.thread = thread;
        }
    }

    private final Queue<Waiter> nestedOnes = new ConcurrentLinkedQueue<>(); // at most the threads that publish
    private final Queue<Waiter> others = new ConcurrentLinkedQueue<>();
    private final Places places;
    private final Ports ports;

    RoomWaiters(Places places, Ports ports) {
        this.places = places;
        this.ports = ports;
    }

    /** Waits until it is worth asking again, or the deadline, an interrupt or a refusal comes. */
    void await(boolean nested, long deadlineNanos, BooleanSupplier refused) {
        Waiter me = new Waiter(Thread.currentThread());
        Queue<Waiter> queue = nested ? nestedOnes : others;
        queue.add(me);
        boolean worthAsking = places.isClosed() || places.hasRoom(nested) || refused.getAsBoolean();
        while (!worthAsking && !Thread.currentThread().isInterrupted()
                && ports.clocks().monotonicNanos() - deadlineNanos < 0) {
            ports.runtime().parkUntil(deadlineNanos);
            worthAsking = me.woken;
        }
        if (!queue.remove(me) && (!worthAsking || refused.getAsBoolean())) {
            wakeNext(); // woken after all, but leaving
        }
    }

    /** Wakes one who can use a place that has come back. */
    void wakeNext() {
        if (!wakeNext(nestedOnes, true)) {
            boolean unused = wakeNext(others, false);
        }
    }

    // False also if the last one has left meanwhile, or was woken by somebody else: then it is the others' turn.
    private boolean wakeNext(Queue<Waiter> queue, boolean nested) {
        Waiter next = !queue.isEmpty() && places.hasRoom(nested) ? queue.poll() : null;
        wake(next);
        return next != null;
    }

    private void wake(@Nullable Waiter waiter) {
        if (waiter != null) {
            waiter.woken = true;
            ports.runtime().unpark(waiter.thread);
        }
    }

    /** Wakes all: nobody will get a place any more. */
    void wakeAll() {
        for (Queue<Waiter> queue : List.of(nestedOnes, others)) {
            for (Waiter waiter = queue.poll(); waiter != null; waiter = queue.poll()) {
                wake(waiter);
            }
        }
    }
}
