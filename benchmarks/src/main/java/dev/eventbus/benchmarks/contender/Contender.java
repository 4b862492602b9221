/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.benchmarks.contender;

/**
 * An open bus with its subscriptions.
 *
 * <p>Thread-safe.
 */
public interface Contender extends AutoCloseable {
    /**
     * Publishes an event to all subscriptions; waits where the bus bounds what is in flight.
     *
     * @param tick the event
     */
    void publish(Tick tick);

    @Override
    void close();
}
