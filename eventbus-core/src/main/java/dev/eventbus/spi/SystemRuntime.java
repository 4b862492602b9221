/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.spi;

import java.util.concurrent.locks.LockSupport;

/** The runtime of the machine: parks by LockSupport, starts virtual threads. Thread-safe. */
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
    public void start(String name, Runnable task) {
        Thread.ofVirtual().name(name).inheritInheritableThreadLocals(false).start(task); // nothing of the publisher's
    }
}
