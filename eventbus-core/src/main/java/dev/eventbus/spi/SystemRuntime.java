/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.spi;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** The runtime of the machine: parks by LockSupport, schedules on virtual threads. Thread-safe. */
enum SystemRuntime implements BusRuntime {
    /** The only one. */
    INSTANCE;

    @Override
    public void parkUntil(long monotonicNanos) {
        long left = monotonicNanos - SystemClocks.INSTANCE.monotonicNanos();
        if (left > 0) {
            LockSupport.parkNanos(this, left);
        }
    }

    @Override
    public void unpark(Thread thread) {
        LockSupport.unpark(thread);
    }

    @Override
    public void interrupt(Thread thread) {
        thread.interrupt();
    }

    @Override
    public Scheduled schedule(String name, long monotonicNanos, Runnable task) {
        AtomicBoolean taken = new AtomicBoolean();
        Thread thread = Thread.ofVirtual().name(name).start(() -> {
            while (!taken.get() && monotonicNanos - SystemClocks.INSTANCE.monotonicNanos() > 0) {
                parkUntil(monotonicNanos);
            }
            if (taken.compareAndSet(false, true)) {
                task.run();
            }
        });
        return () -> {
            if (taken.compareAndSet(false, true)) {
                LockSupport.unpark(thread);
            }
        };
    }
}
