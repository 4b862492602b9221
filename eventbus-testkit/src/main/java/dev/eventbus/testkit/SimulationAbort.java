/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

/** Ends a simulated thread where it is, since the run is over. Never leaves the kit. Immutable. */
final class SimulationAbort extends Error {
    private static final long serialVersionUID = 1;

    SimulationAbort() {
        super("the simulation is over; this ends the thread", null, false, false);
    }
}
