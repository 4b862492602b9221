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
 * A lane that redrives a letter inside the delivery of another bus inside its own: the innermost scope once more, with
 * those in between still around it. Confined to the lane's thread.
 */
record RedriveScope(CallerLane lane, DeliveryScope around) implements DeliveryScope {
    @Override
    public @Nullable Publication<?> event() {
        return lane.event();
    }

    @Override
    public @Nullable Target target() {
        return lane.target();
    }

    @Override
    public int attempt() {
        return lane.attempt();
    }

    @Override
    public DeliveryScope outer() {
        return around;
    }

    @Override
    public boolean mustHandle(Publication<?> other) {
        return lane.mustHandle(other);
    }

    @Override
    public boolean holds(Slot slot) {
        return lane.holds(slot);
    }

    @Override
    public DeliveryScope carry() {
        return new CarriedScope(lane, lane.pending().share(), event(), target(), attempt(), around.carry());
    }
}
