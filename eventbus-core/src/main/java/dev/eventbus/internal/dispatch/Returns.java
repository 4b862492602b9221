/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.dispatch;

import dev.eventbus.internal.deliver.Publication;
import dev.eventbus.observe.ReturnedDelivery;
import dev.eventbus.observe.ReturnedDelivery.State;
import java.util.List;

/** Ends what a shutdown cuts off. */
@FunctionalInterface
interface Returns {
    /**
     * Ends the open deliveries of an event as returned.
     *
     * @param event the event
     * @param index the delivery that had begun, or -1
     * @param state where that one is
     * @param attempts its failed attempts
     * @return those that were open
     */
    List<ReturnedDelivery> of(Publication<?> event, int index, State state, int attempts);
}
