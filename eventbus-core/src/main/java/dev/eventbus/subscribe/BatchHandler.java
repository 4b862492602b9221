/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.subscribe;

import java.util.List;

/**
 * Handles several events in one call.
 *
 * <p>What it throws is the failure of the whole call: the batch is then halved, and each half handled by itself, until
 * the event that fails stands alone and follows the retry policy. So an event may be handled more than once, first with
 * others and then without them: an effect should be all or nothing, or harmless when it is repeated.
 *
 * @param <E> type of the payloads
 * @since 0.1
 */
@FunctionalInterface
public interface BatchHandler<E> {
    /**
     * Handles deliveries.
     *
     * @param deliveries at least one, in the order in which they were published; unmodifiable
     * @throws Exception if they could not be handled
     */
    void handle(List<Delivery<E>> deliveries) throws Exception;
}
