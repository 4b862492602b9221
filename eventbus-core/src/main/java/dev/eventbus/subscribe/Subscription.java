/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.subscribe;

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
}
