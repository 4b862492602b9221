/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import java.time.Duration;
import java.util.List;

/**
 * Says that a run took more steps than it {@link Simulation#maxSteps may}. Immutable.
 *
 * @since 0.1
 */
public final class SimulationEndlessException extends SimulationException {
    private static final long serialVersionUID = 1;

    SimulationEndlessException(long seed, long maxSteps, Duration elapsed, List<String> threads) {
        super(seed, "Simulation took more than " + maxSteps + " steps (" + elapsed
                + " of virtual time); raise maxSteps unless it goes in circles:\n  " + String.join("\n  ", threads)
                + "\n",
                null);
    }
}
