/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets exactly one simulated thread run: the one that has it.
 *
 * <p>What a thread did before it passed the baton on happens before what the next one does. Thread-safe.
 */
final class Baton {
    private volatile @Nullable SimulatedThread holder; // written by the holder alone, to give it away

    /** Returns the calling thread if it has the baton, else null. */
    @Nullable SimulatedThread caller() {
        SimulatedThread current = holder;
        return current != null && current.thread == Thread.currentThread() ? current : null;
    }

    @Nullable SimulatedThread holder() {
        return holder;
    }

    /** Gives the baton away; the caller then waits for it or ends. */
    void pass(SimulatedThread next) {
        boolean first = !next.started;
        next.started = true;
        holder = next; // linearization point: from here on the other one runs
        if (first) {
            next.thread.start();
        } else {
            LockSupport.unpark(next.thread);
        }
    }

    /** Takes the baton from the last thread. */
    void end() {
        holder = null;
    }

    /** Waits until the calling thread has the baton. */
    void await(SimulatedThread self) {
        boolean interrupted = false;
        while (holder != self) {
            interrupted |= Thread.interrupted(); // set, it would make every park return at once
            LockSupport.park(this);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The same for a bounded real time; false if it has not come. */
    boolean await(SimulatedThread self, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        boolean interrupted = false;
        long left = atMost.toNanos();
        while (holder != self && left > 0) {
            interrupted |= Thread.interrupted();
            LockSupport.parkNanos(this, left);
            left = deadline - System.nanoTime();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return holder == self;
    }

    /** Makes the calling thread wait for ever. */
    void leave() {
        while (true) {
            LockSupport.park(this);
            boolean ignored = Thread.interrupted(); // set, it would make every park return at once
        }
    }
}
