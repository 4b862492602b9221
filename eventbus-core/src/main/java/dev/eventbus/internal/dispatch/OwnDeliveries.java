/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.dispatch;

import dev.eventbus.internal.deliver.DeliveryScope;
import dev.eventbus.internal.deliver.Scopes;
import dev.eventbus.internal.deliver.Subscriber;
import dev.eventbus.internal.lane.LaneStage;
import org.jspecify.annotations.Nullable;

/** Knows which deliveries of this bus the calling thread is inside of. Thread-safe. */
final class OwnDeliveries {
    private final CallerLanes callers;
    private final LaneStage lanes;

    OwnDeliveries(CallerLanes callers, LaneStage lanes) {
        this.callers = callers;
        this.lanes = lanes;
    }

    /** Tells whether the thread is in a handler, or carries a delivery. */
    boolean isInside() {
        return Scopes.isInside(this::isOurs);
    }

    /** Tells whether the thread is in a handler on virtual threads, or carries such a delivery. */
    boolean isInsideLanes() {
        return Scopes.isInside(lanes::isDelivering);
    }

    /** Tells whether the thread is in a handler of a subscription. */
    boolean isInside(Subscriber subscriber) {
        return Scopes.isInside(scope -> !(scope instanceof CarriedScope) && isOurs(scope) && scope.target() != null
                && scope.target().subscriber().equals(subscriber));
    }

    private boolean isOurs(DeliveryScope scope) {
        return switch (scope) {
            case CallerLane lane -> callers.owns(lane);
            case CarriedScope carried -> callers.owns(carried.lane()) && carried.isLive();
            default -> lanes.isDelivering(scope);
        };
    }

    /** Returns the caller lane of this thread itself: a thread that carries a delivery has none. */
    @Nullable CallerLane lane(@Nullable DeliveryScope innermost) {
        for (DeliveryScope scope = innermost; scope != null; scope = scope.outer()) {
            if (scope instanceof CallerLane lane && callers.owns(lane)) {
                return lane;
            }
        }
        return null;
    }
}
