/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.publish;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Tells what became of one published event, not of those that it caused.
 *
 * <p>On the synchronous dispatcher the receipt of an outermost publish is done when {@code publish} returns; the
 * receipt of a publish inside a handler is not, since its event waits for the current one. A receipt shows the first
 * round only: a redrive does not change it. Thread-safe.
 *
 * @since 0.1
 */
public interface Receipt {
    /**
     * Returns the id of the event.
     *
     * @return the explicit one, or the one that the bus gave it
     */
    UUID eventId();

    /**
     * Returns the outcome in each subscription that the event was accepted for, at this moment.
     *
     * @return outcomes by name of the subscription, in the order in which they subscribed; empty if none matched
     */
    Map<String, Outcome> outcomes();

    /**
     * Returns the subscriptions whose outcome is still open.
     *
     * @return their names in the order in which they subscribed; empty when done
     */
    Set<String> open();

    /**
     * Tells whether every outcome is final.
     *
     * @return true once and for ever when none is open
     */
    boolean isDone();

    /**
     * Waits until every outcome is final.
     *
     * @param timeout longest wait; zero only looks
     * @return this receipt, done or not: {@link #open()} says which outcomes never came
     * @throws WouldDeadlockException if this thread itself would have to bring the outcome: inside the handler before it
     * @throws InterruptedException if the waiting thread was interrupted
     */
    Receipt await(Duration timeout) throws InterruptedException;
}
