/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.subscribe;

/**
 * Handles one delivery: an {@link EventHandler} that also sees metadata and attempt.
 *
 * @param <E> type of the payload
 * @since 0.1
 */
@FunctionalInterface
public interface DeliveryHandler<E> {
    /**
     * Handles a delivery.
     *
     * @param delivery what was published, and where it stands
     * @throws Exception if it could not be handled
     */
    void handle(Delivery<E> delivery) throws Exception;
}
