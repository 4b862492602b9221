/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deliver;

import org.jspecify.annotations.Nullable;

/** What a thread is delivering: the innermost of a chain. Written by its thread; others may read old values. */
public interface DeliveryScope {
    /**
     * Returns the event that is delivered.
     *
     * @return the event, or null before the first and after the last one
     */
    @Nullable Publication<?> event();

    /**
     * Returns who it is delivered to.
     *
     * @return the target, or null between two of them
     */
    @Nullable Target target();

    /**
     * Returns the attempt that runs.
     *
     * @return its number
     */
    int attempt();

    /**
     * Returns the scope around this one: of the same thread, another bus, or the same in a redrive.
     *
     * @return the next outer one, or null
     */
    @Nullable DeliveryScope outer();

    /**
     * Tells whether this scope's own thread has to bring an event to its end.
     *
     * @param event some event
     * @return true if the thread delivers it, or will after the current one
     */
    boolean mustHandle(Publication<?> event);

    /**
     * Tells whether a delivery's turn ends only when this scope's own thread goes on.
     *
     * @param slot a delivery at the head of a lane
     * @return true if the thread is in its handler, or has yet to write it
     */
    boolean holds(Slot slot);

    /**
     * Makes a scope that stands for this one in another thread.
     *
     * @return it, with those around it
     */
    DeliveryScope carry();
}
