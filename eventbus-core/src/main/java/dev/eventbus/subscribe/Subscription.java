/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.subscribe;

import dev.eventbus.error.ConfigurationException;
import dev.eventbus.publish.WouldDeadlockException;
import java.time.Duration;

/**
 * A named interest in events, open until it is closed.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
public interface Subscription extends AutoCloseable {
    /**
     * Returns the name.
     *
     * @return unique among the open subscriptions of the bus
     */
    String name();

    /**
     * Tells whether it was closed.
     *
     * @return true once and for ever after {@link #close()}
     */
    boolean isClosed();

    /**
     * Ends the interest; closing twice does nothing.
     *
     * <p>After it has returned no attempt begins; one that had begun may still be entering its handler. Deliveries that
     * waited end as cancelled. The name is free again. May be called anywhere, also in the subscription's own handler.
     */
    @Override
    void close();

    /**
     * Closes, and waits until the attempts that had begun are over.
     *
     * @param timeout longest wait; zero only closes and looks
     * @return whether none of its handlers runs any more
     * @throws WouldDeadlockException inside a delivery of this subscription, which is closed all the same
     * @throws InterruptedException if the waiting thread was interrupted; it is closed all the same
     */
    boolean closeAndAwait(Duration timeout) throws InterruptedException;

    /**
     * Lets no further attempt begin until {@link #resume()}; one that had begun goes on. Events are accepted meanwhile as
     * far as the buffer goes. Pausing twice does nothing.
     *
     * @throws ConfigurationException if the subscription is synchronous
     */
    void pause();

    /**
     * Lets attempts begin again; keys paused by themselves stay so.
     *
     * @throws ConfigurationException if the subscription is synchronous
     */
    void resume();

    /**
     * Tells whether it is paused as a whole.
     *
     * @return true from {@link #pause()} to {@link #resume()}
     */
    boolean isPaused();

    /**
     * Lets no further attempt of one key begin until {@link #resume(Object)}; other keys go on.
     *
     * @param key a String, Long, Integer, UUID or enum
     * @throws ConfigurationException if the subscription is not ordered by key, or 10,000 keys are paused already
     */
    void pause(Object key);

    /**
     * Lets attempts of one key begin again; does nothing if it was not paused.
     *
     * @param key a String, Long, Integer, UUID or enum
     * @throws ConfigurationException if the subscription is not ordered by key
     */
    void resume(Object key);
}
