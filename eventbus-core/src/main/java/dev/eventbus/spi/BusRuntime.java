/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.spi;

/**
 * Starts, blocks, wakes and interrupts threads for the bus, on its {@link Clocks}; the bus does none of it by itself.
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
     * Runs a task on a thread of its own, not later than other threads of the bus have to be run.
     *
     * @param name name of the thread
     * @param task what to run; what it throws goes to the thread's uncaught exception handler
     */
    void start(String name, Runnable task);

    /**
     * Marks a place between two steps of a hand-off, where a simulation may let another thread go on.
     *
     * <p>Does nothing in production.
     *
     * @param place name of the place
     */
    default void mark(String place) {
        // Only simulations want to know.
    }

    /**
     * Returns the runtime of the machine.
     *
     * @return a runtime that parks by {@link java.util.concurrent.locks.LockSupport} and starts virtual threads
     */
    static BusRuntime system() {
        return SystemRuntime.INSTANCE;
    }
}
