/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.dispatch;

import dev.eventbus.internal.deliver.DeliveryScope;
import dev.eventbus.internal.deliver.Publication;
import dev.eventbus.internal.deliver.Scopes;
import dev.eventbus.internal.deliver.Slot;
import dev.eventbus.internal.outcome.Quiet;
import org.jspecify.annotations.Nullable;

/**
 * Brings a publish to an end that met the end of its stack halfway, so that no lane waits for it for ever.
 *
 * <p>Code that publishes until the stack ends mostly meets that end before the hand-off, where some frames are touched; but
 * how many a hand-off takes depends on what is compiled. Called from shallower frames, where there is room again, and
 * more than once if that was too early. Thread-safe.
 */
final class StackEnd {
    private final CallerLanes callers;
    private final HandOff handOff;
    private final Quiet quiet;

    StackEnd(CallerLanes callers, HandOff handOff, Quiet quiet) {
        this.callers = callers;
        this.handOff = handOff;
        this.quiet = quiet;
    }

    /** Hands over what has a turn somewhere, gives back what has none, and leaves the caller lane. */
    void rescue(Publication<?> event, @Nullable DeliveryScope scope) {
        Scopes.set(scope);
        CallerLane lane = callers.within(event);
        if (lane != null || hasTurn(event)) {
            handOff.commit(event);
            finish(event, scope);
        } else {
            Reservation.giveBack(event);
        }
        if (lane != null) {
            Propagation unused = lane.leave();
            callers.left(lane);
        }
        quiet.changed();
    }

    // What waits in the lane around it is finished there.
    private void finish(Publication<?> event, @Nullable DeliveryScope scope) {
        if (!waits(event, scope)) {
            handOff.carryOut(event);
            handOff.write(event, false);
        }
    }

    /** Tells whether an event has its turn in some lane, and so was accepted. */
    static boolean hasTurn(Publication<?> event) {
        for (Slot slot = event.slots(); slot != null; slot = slot.sibling()) {
            if (slot.isCommitted()) {
                return true;
            }
        }
        return false;
    }

    private static boolean waits(Publication<?> event, @Nullable DeliveryScope scope) {
        for (DeliveryScope at = scope; at != null; at = at.outer()) {
            if (at instanceof CallerLane lane && lane.pending().contains(event)) {
                return true;
            }
        }
        return false;
    }
}
