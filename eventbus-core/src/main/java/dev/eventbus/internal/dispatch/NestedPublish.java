/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.dispatch;

import dev.eventbus.internal.deliver.DeliveryScope;
import dev.eventbus.internal.deliver.Publication;
import dev.eventbus.internal.deliver.Slot;
import dev.eventbus.internal.deliver.StripedCounter;
import dev.eventbus.internal.runtime.Stack;
import dev.eventbus.publish.BusClosedException;
import dev.eventbus.publish.PendingFullException;
import java.util.List;

/**
 * Takes an event that is published inside a synchronous delivery of this bus: it has its turns in the lanes at once, and
 * waits in the caller lane of that delivery for the rest (O-4). Thread-safe.
 */
final class NestedPublish {
    private static final int OFFER_FRAMES = 64; // an offer takes about ten, and what counts and tells of it some more

    private final String bus;
    private final int pendingLimit;
    private final CallerLanes callers;
    private final HandOff handOff;
    private final Accepted accepted;

    NestedPublish(String bus, int pendingLimit, CallerLanes callers, HandOff handOff, Accepted accepted) {
        this.bus = bus;
        this.pendingLimit = pendingLimit;
        this.callers = callers;
        this.handOff = handOff;
        this.accepted = accepted;
    }

    /** Tells whether the event was taken: false outside synchronous deliveries of this bus. */
    // From the outside in: a redrive in a carried task has a lane of its own, but what follows from it follows from the
    // event around it too, and must not overtake that.
    boolean takes(Publication<?> event, DeliveryScope scope) {
        DeliveryScope outer = scope.outer();
        if (outer != null && takes(event, outer)) {
            return true;
        }
        if (scope instanceof CallerLane lane && callers.owns(lane)) {
            return offer(event, lane, lane.pending().ownTicket(), lane.stripe());
        }
        return scope instanceof CarriedScope carried && callers.owns(carried.lane())
                && offer(event, carried.lane(), carried.ticket(), StripedCounter.NO_STRIPE);
    }

    private boolean offer(Publication<?> event, CallerLane lane, long ticket, int stripe) {
        int unused = Stack.touch(OFFER_FRAMES);
        List<Slot> dropped = HandOff.drop(event);
        PendingQueue.Offer answer = lane.pending().offer(event, ticket);
        if (answer == PendingQueue.Offer.ACCEPTED) {
            accepted.count(stripe);
            HandOff.announce(event);
            accepted.tell(event);
            handOff.carryOut(event); // before this publish returns; unless its thread has come to it before
        }
        handOff.endDropped(dropped); // also for an event that is refused now: their places are gone
        return switch (answer) {
            case ACCEPTED -> true;
            case FULL -> throw new PendingFullException(bus, event.typeName(), pendingLimit);
            case TAKEN -> throw BusClosedException.publish(bus, event.typeName());
            case VOID -> false; // the delivery that this thread carries is over: it publishes for itself
        };
    }
}
