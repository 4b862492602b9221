/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import org.jspecify.annotations.Nullable;

/**
 * Says that a run of a {@link Simulation} did not end well, and with which seed. Immutable.
 *
 * @since 0.1
 */
public abstract sealed class SimulationException extends RuntimeException
        permits SimulationFailedException, SimulationStuckException, SimulationEndlessException,
        SimulationBlockedException {
    private static final long serialVersionUID = 1;

    /** Seed of the run. */
    private final long seed;

    SimulationException(long seed, String message, @Nullable Throwable cause) {
        super(message + "; reproduce with Simulation.seed(" + seed + "L)", cause);
        this.seed = seed;
    }

    /**
     * Returns the seed of the run, which reproduces it.
     *
     * @return the seed
     */
    public long seed() {
        return seed;
    }
}
