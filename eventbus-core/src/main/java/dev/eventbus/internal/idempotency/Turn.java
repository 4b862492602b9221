/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.idempotency;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The one place of a key within a bus, and who waits for it to be free.
 *
 * <p>Ends once. Who comes before the end is among those that {@link #end} returns, who comes after it is turned away; nobody
 * is in between. Thread-safe.
 */
final class Turn {
    private final ReentrantLock lock = new ReentrantLock(); // around the two fields below, never while anybody is woken
    private Set<Waiter> waiters = Set.of(); // guarded by lock; in the order in which they came
    private boolean ended; // guarded by lock

    /** Waits for the end; null if it has been. */
    @Nullable Waiter await(Runnable whenFree) {
        Waiter waiter = new Waiter(this, whenFree);
        lock.lock();
        try {
            if (ended) {
                return null;
            }
            if (waiters.isEmpty()) {
                waiters = new LinkedHashSet<>(); // few turns are waited for
            }
            waiters.add(waiter);
            return waiter;
        } finally {
            lock.unlock();
        }
    }

    boolean remove(Waiter waiter) {
        lock.lock();
        try {
            return !ended && waiters.remove(waiter);
        } finally {
            lock.unlock();
        }
    }

    /** Ends; returns those who waited, for the caller to wake. */
    List<Waiter> end() {
        lock.lock();
        try {
            ended = true;
            List<Waiter> all = List.copyOf(waiters);
            waiters = Set.of();
            return all;
        } finally {
            lock.unlock();
        }
    }
}
