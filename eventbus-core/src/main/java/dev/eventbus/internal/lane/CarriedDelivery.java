/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.lane;

import dev.eventbus.internal.deliver.DeliveryScope;
import dev.eventbus.internal.deliver.Publication;
import dev.eventbus.internal.deliver.Slot;
import dev.eventbus.internal.deliver.Target;
import org.jspecify.annotations.Nullable;

/** A worker's delivery as another thread carries it. Immutable. */
record CarriedDelivery(Lanes lanes, @Nullable Publication<?> event, @Nullable Target target,
        int attempt) implements DeliveryScope {
    @Override
    public @Nullable DeliveryScope outer() {
        return null;
    }

    @Override
    public boolean mustHandle(Publication<?> other) {
        return false; // the handler may go on without this thread
    }

    @Override
    public boolean holds(Slot slot) {
        return false; // the same
    }

    @Override
    public DeliveryScope carry() {
        return this;
    }
}
