/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.dispatch;

import dev.eventbus.internal.deliver.DeliveryScope;
import dev.eventbus.internal.deliver.Publication;
import dev.eventbus.internal.deliver.Slot;
import dev.eventbus.internal.deliver.Target;
import org.jspecify.annotations.Nullable;

/**
 * A lane's delivery as another thread carries it: what that thread publishes waits in the lane while the ticket is
 * good, so that it is handled after the event that it follows from (O-3). Immutable.
 */
record CarriedScope(CallerLane lane, long ticket, @Nullable Publication<?> event, @Nullable Target target, int attempt,
        @Nullable DeliveryScope outer) implements DeliveryScope {
    /** Tells whether the outermost publish of the delivery is not over. */
    boolean isLive() {
        return lane.pending().isCurrent(ticket);
    }

    @Override
    public boolean mustHandle(Publication<?> other) {
        return lane.mustHandle(other); // only where the task runs in the lane's own thread
    }

    @Override
    public boolean holds(Slot slot) {
        return lane.holds(slot);
    }

    @Override
    public DeliveryScope carry() {
        return this;
    }
}
