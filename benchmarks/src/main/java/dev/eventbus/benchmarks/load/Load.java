/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.benchmarks.load;

import dev.eventbus.benchmarks.contender.DeliveryMode;

/**
 * What {@link Batches} put on a bus.
 *
 * <p>Immutable.
 *
 * @param mode how the bus calls handlers
 * @param publishers threads that publish, each an equal part of a batch
 * @param subscriptions handlers, each of all events
 * @param mostEvents largest batch
 * @param inTurns whether handlers wait until the batch is published; it must fit into the buffer then
 */
public record Load(DeliveryMode mode, int publishers, int subscriptions, int mostEvents, boolean inTurns) {
    /** Creates a load. */
    public Load {
        if (inTurns && mode == DeliveryMode.CALLER) {
            throw new IllegalArgumentException("the publisher would wait for itself");
        }
    }
}
