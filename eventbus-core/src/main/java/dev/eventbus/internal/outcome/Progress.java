/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.outcome;

import dev.eventbus.internal.deliver.Publication;
import dev.eventbus.observe.ReturnedDelivery;
import dev.eventbus.observe.ReturnedDelivery.State;

/**
 * How far a lane had come with an event when a shutdown cut it off. Immutable.
 *
 * @param begun whether its deliveries had begun
 * @param failing index of the delivery that has failed before, or -1
 * @param failed how often
 * @param backingOff whether it waits for its next attempt
 */
public record Progress(boolean begun, int failing, int failed, boolean backingOff) {
    /** An event whose turn had not come. */
    public static final Progress WAITING = new Progress(false, -1, 0, false);

    ReturnedDelivery describe(Publication<?> event, int index, boolean hasBegun) {
        String subscription = event.target(index).subscriber().name();
        if (!hasBegun) {
            return new ReturnedDelivery(event, subscription, State.WAITING, 0);
        }
        return index == failing
                ? new ReturnedDelivery(event, subscription, backingOff ? State.BACKING_OFF : State.RUNNING, failed)
                : new ReturnedDelivery(event, subscription, State.RUNNING, 0);
    }
}
