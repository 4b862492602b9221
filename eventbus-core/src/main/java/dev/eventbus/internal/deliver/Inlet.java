/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deliver;

import dev.eventbus.deadletter.DeadLetter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where events enter a subscription that is delivered to on virtual threads; what other stages know of its lanes. */
public interface Inlet {
    /**
     * Makes a slot, without a place yet.
     *
     * @param event what is published
     * @param index which of its targets this subscription is
     * @param key key in this subscription, or null
     * @param redriven the letter that comes back, or null
     * @param sibling slot of another target of the event, or null
     * @return the slot
     */
    Slot slot(Publication<?> event, int index, @Nullable Object key, @Nullable DeadLetter redriven,
            @Nullable Slot sibling);

    /** Ends what waits as cancelled; the subscriber is closed already. */
    void close();

    /**
     * Waits until nothing is in flight.
     *
     * @param timeout longest wait
     * @return whether nothing is
     * @throws InterruptedException if the thread was interrupted
     */
    boolean awaitClosed(Duration timeout) throws InterruptedException;

    /** Lets no attempt begin. */
    void pause();

    /** Lets attempts begin again. */
    void resume();

    /**
     * Tells whether it is paused.
     *
     * @return true from {@link #pause()} to {@link #resume()}
     */
    boolean isPaused();

    /**
     * Tells whether a delivery would wait for a resume.
     *
     * @param slot the delivery
     * @return true while the subscription or its key is paused
     */
    boolean isPaused(Slot slot);

    /**
     * Lets no attempt of a key begin.
     *
     * @param key the key
     */
    void pause(Object key);

    /**
     * Lets attempts of a key begin again.
     *
     * @param key the key
     */
    void resume(Object key);

    /**
     * Counts what is in flight.
     *
     * @return deliveries accepted and without outcome
     */
    int inFlight();

    /**
     * Counts the handlers that run on after their timeout.
     *
     * @return how many
     */
    int abandoned();
}
