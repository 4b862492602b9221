/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.spi;

/**
 * Waits, wakes, interrupts and schedules for the bus, on its {@link Clocks}; the bus does none of it by itself.
 *
 * <p>Production uses {@link #system()}; a simulation decides here which thread goes on next. The bus holds no lock when
 * it calls any of these. Thread-safe.
 *
 * @since 0.1
 */
public interface BusRuntime {
    /**
     * Blocks the calling thread until a moment has come, another thread unparks it, or it is interrupted.
     *
     * <p>May return for no reason. An interrupt leaves the thread's flag set.
     *
     * @param monotonicNanos the moment, on {@link Clocks#monotonicNanos()}
     */
    void parkUntil(long monotonicNanos);

    /**
     * Lets a thread return from {@link #parkUntil}, now or when it next calls it.
     *
     * @param thread the thread
     */
    void unpark(Thread thread);

    /**
     * Interrupts a thread that runs a handler.
     *
     * @param thread the thread
     */
    void interrupt(Thread thread);

    /**
     * Runs a task once at a moment, on a thread of its own.
     *
     * @param name name of the thread
     * @param monotonicNanos the moment, on {@link Clocks#monotonicNanos()}
     * @param task what to run; it does not throw
     * @return takes the task back
     */
    Scheduled schedule(String name, long monotonicNanos, Runnable task);

    /**
     * Returns the runtime of the machine.
     *
     * @return a runtime that parks by {@link java.util.concurrent.locks.LockSupport} and starts virtual threads
     */
    static BusRuntime system() {
        return SystemRuntime.INSTANCE;
    }

    /**
     * A task that waits for its moment.
     *
     * <p>Thread-safe.
     */
    @FunctionalInterface
    interface Scheduled {
        /** Takes the task back unless it has begun; the thread that waited for it ends. */
        void cancel();
    }
}
