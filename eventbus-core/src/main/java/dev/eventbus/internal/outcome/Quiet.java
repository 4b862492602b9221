/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.outcome;

import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.internal.runtime.WaitPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Tells those who wait for the bus to be quiet that something has ended, so that they look again.
 *
 * <p>A look costs them; while nobody waits, telling costs one read. Thread-safe.
 */
public final class Quiet {
    private final ReentrantLock lock = new ReentrantLock(); // around the change of the list only
    private volatile List<Runnable> waiting = List.of(); // at most one for each thread that waits

    /** Creates a bell that nobody hears. */
    public Quiet() {
    }

    /**
     * Adds somebody.
     *
     * @param look is called in the thread in which something ends; short, and waits for nothing
     */
    public void add(Runnable look) {
        change(look, true);
    }

    /**
     * Removes somebody.
     *
     * @param look from {@link #add}
     */
    public void remove(Runnable look) {
        change(look, false);
    }

    private void change(Runnable look, boolean add) {
        lock.lock();
        try {
            List<Runnable> next = new ArrayList<>(waiting);
            boolean unused = add ? next.add(look) : next.remove(look);
            waiting = List.copyOf(next);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for a moment in which a condition holds; each end is a reason to look.
     *
     * @param condition short, and waits for nothing
     * @param deadlineNanos end of the wait on the monotonic clock
     * @param ports time and threads
     * @return whether the moment came
     * @throws InterruptedException if the thread was interrupted
     */
    public boolean await(BooleanSupplier condition, long deadlineNanos, Ports ports) throws InterruptedException {
        AtomicBoolean seen = new AtomicBoolean();
        WaitPoint point = new WaitPoint(ports);
        Runnable look = () -> {
            if (!seen.get() && condition.getAsBoolean()) {
                seen.set(true);
                point.wakeAll();
            }
        };
        add(look);
        try {
            look.run(); // what has ended before
            point.await(seen::get, deadlineNanos);
            return seen.get();
        } finally {
            remove(look);
        }
    }

    /** Something has ended. */
    public void changed() {
        List<Runnable> now = waiting;
        if (!now.isEmpty()) {
            now.forEach(Runnable::run);
        }
    }
}
