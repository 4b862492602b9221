/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.dispatch;

import dev.eventbus.internal.deliver.Publication;
import dev.eventbus.internal.lane.Rig;

/** Publishes into lanes as the bus does: reserve, commit, write, wake. Thread-safe. */
public final class Hand {
    private final Reservation reservation;
    private final HandOff handOff;

    /**
     * Creates it.
     *
     * @param rig some lanes of the bus
     */
    public Hand(Rig rig) {
        this.reservation = new Reservation("proof", rig.ports(), scope -> false);
        this.handOff = new HandOff(rig.ports(), rig.endings());
    }

    /**
     * Publishes.
     *
     * @param event with its slots
     */
    public void publish(Publication<?> event) {
        reservation.take(event, null);
        handOff.commit(event);
        handOff.carryOut(event);
        handOff.write(event, false);
    }
}
