/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.stress;

import dev.eventbus.spi.BusRuntime;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The runtime of the machine, which knows how many threads of the bus are alive. Thread-safe. */
final class CountedRuntime implements BusRuntime {
    private final BusRuntime machine = BusRuntime.system();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition noneAlive = lock.newCondition();
    private final Map<String, Integer> alive = new TreeMap<>(); // by name of the thread; guarded by lock
    private long started; // guarded by lock

    @Override
    public void start(String name, Runnable task) {
        count(name, 1);
        machine.start(name, () -> {
            try {
                task.run();
            } finally {
                count(name, -1);
            }
        });
    }

    private void count(String name, int change) {
        lock.lock();
        try {
            started += Math.max(0, change);
            alive.merge(name, change, (a, b) -> a + b == 0 ? null : a + b);
            if (alive.isEmpty()) {
                noneAlive.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until no thread of the bus is alive. */
    void awaitNoThread() throws InterruptedException {
        long left = Threads.PATIENCE.toNanos();
        lock.lock();
        try {
            while (!alive.isEmpty() && left > 0) {
                left = noneAlive.awaitNanos(left);
            }
            if (!alive.isEmpty()) {
                throw new AssertionError("still alive after " + Threads.PATIENCE + ": " + alive);
            }
        } finally {
            lock.unlock();
        }
    }

    long started() {
        lock.lock();
        try {
            return started;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void parkUntil(long monotonicNanos) {
        machine.parkUntil(monotonicNanos);
    }

    @Override
    public void unpark(Thread thread) {
        machine.unpark(thread);
    }

    @Override
    public void interrupt(Thread thread) {
        machine.interrupt(thread);
    }

    @Override
    public String toString() {
        return "CountedRuntime[started=" + started() + "]";
    }
}
