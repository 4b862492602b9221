/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.dispatch;

import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.SequencePolicy;
import dev.eventbus.deadletter.WhenFull;
import dev.eventbus.internal.deliver.Admission;
import dev.eventbus.internal.deliver.DeliveryScope;
import dev.eventbus.internal.deliver.Inlet;
import dev.eventbus.internal.deliver.Publication;
import dev.eventbus.internal.deliver.Slot;
import dev.eventbus.internal.outcome.Endings;
import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.publish.BufferFullException;
import dev.eventbus.publish.Outcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Redrives letters of subscriptions on virtual threads: each takes its turn in the lanes like an event.
 *
 * <p>Not inside a delivery, whose end the turn might have to wait for, nor where it would not come at all: then the letter
 * stays. Thread-safe.
 */
final class LaneRedrive {
    private final Ports ports;
    private final Reservation reservation;
    private final HandOff handOff;
    private final Endings endings;
    private final Door door;

    LaneRedrive(Ports ports, Reservation reservation, HandOff handOff, Endings endings, Door door) {
        this.ports = ports;
        this.reservation = reservation;
        this.handOff = handOff;
        this.endings = endings;
        this.door = door;
    }

    /** Waits for the outcome of a letter's event in the lanes of its subscription; does nothing where that might not come. */
    void redrive(Publication<?> event, DeadLetter letter, Inlet inlet, @Nullable DeliveryScope scope) {
        Slot slot = scope == null ? slot(event, letter, inlet) : null;
        if (slot == null || inlet.isPaused(slot)) {
            return;
        }
        try {
            if (!isHolding(event) || slot.reserve(true) != Admission.PLACE) {
                reservation.take(event, null);
            }
        } catch (BufferFullException noPlace) {
            return;
        }
        if (slot.hasPlace()) {
            slot.commit();
            handOff.write(event, false);
            if (door.isCutOff()) {
                endings.end(event, 0, Outcome.RETURNED);
            }
            awaitOutcome(event);
        }
    }

    // Those that a full sequence holds may have all places; it is the redrive that makes room for them, by the reserve.
    private static boolean isHolding(Publication<?> event) {
        SequencePolicy policy = event.target(0).subscriber().policies().sequencing();
        return policy != null && policy.whenFull() == WhenFull.HOLD;
    }

    private static @Nullable Slot slot(Publication<?> event, DeadLetter letter, Inlet inlet) {
        try {
            Object key = event.target(0).subscriber().keyOf(event);
            Slot slot = inlet.slot(event, 0, key, letter, null);
            event.slots(slot);
            return slot;
        } catch (Throwable failure) { // of the user's key function
            return null;
        }
    }

    // An interrupt takes the letter back: what its handler does from then on is ignored.
    private void awaitOutcome(Publication<?> event) {
        while (!event.isDone()) {
            try {
                event.await(Duration.ofDays(1));
            } catch (InterruptedException impatient) {
                endings.end(event, 0, Outcome.CANCELLED);
                ports.runtime().interrupt(Thread.currentThread());
                return;
            }
        }
    }
}
