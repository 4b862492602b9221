/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.runtime;

import dev.eventbus.internal.check.Printable;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where threads wait for a condition that never becomes false again.
 *
 * <p>A waiter joins the queue and then asks for the condition; who makes it true does that first and then wakes the
 * queue. Both steps are volatile on both sides, so one of the two sees the other: no wake-up is lost. Thread-safe.
 */
public final class WaitPoint {
    private static final Logger LOG = LoggerFactory.getLogger("dev.eventbus");

    private final Queue<Thread> waiting = new ConcurrentLinkedQueue<>(); // at most the threads that are blocked here
    private final Ports ports;

    /**
     * Creates a point.
     *
     * @param ports waits and wakes
     */
    public WaitPoint(Ports ports) {
        this.ports = ports;
    }

    /**
     * Waits for the condition.
     *
     * @param condition cheap, and true for ever once it is true
     * @param deadlineNanos end of the wait on the monotonic clock
     * @throws InterruptedException if the thread was interrupted before the condition held
     */
    public void await(BooleanSupplier condition, long deadlineNanos) throws InterruptedException {
        Thread me = Thread.currentThread();
        waiting.add(me);
        try {
            while (!condition.getAsBoolean()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("interrupted while waiting for the bus; the wait changed nothing");
                }
                if (ports.clocks().monotonicNanos() - deadlineNanos >= 0) {
                    return;
                }
                ports.runtime().parkUntil(deadlineNanos);
            }
        } finally {
            waiting.remove(me);
        }
    }

    /** Wakes all who wait; called after the condition has become true. */
    public void wakeAll() {
        for (Thread thread : waiting) {
            try {
                ports.runtime().unpark(thread);
            } catch (RuntimeException broken) { // the others must be woken all the same
                LOG.error("the runtime could not wake a thread that waits for the bus: {}; mend the runtime",
                        Printable.describe(broken));
            }
        }
    }
}
