/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deliver;

import org.jspecify.annotations.Nullable;

/**
 * The moment in which observers hear of an accepted event: what one of them publishes follows from that event, so that
 * an observer that answers every event with another comes to the limit of causation and not to the end of the stack.
 * Immutable.
 */
record SignalScope(@Nullable Publication<?> event, boolean ofRejection,
        @Nullable DeliveryScope outer) implements DeliveryScope {
    @Override
    public @Nullable Target target() {
        return null;
    }

    @Override
    public int attempt() {
        return 0;
    }

    @Override
    public boolean mustHandle(Publication<?> other) {
        return false; // those around it know
    }

    @Override
    public boolean holds(Slot slot) {
        return false; // the same
    }

    @Override
    public DeliveryScope carry() {
        return new SignalScope(event, ofRejection, outer == null ? null : outer.carry());
    }
}
