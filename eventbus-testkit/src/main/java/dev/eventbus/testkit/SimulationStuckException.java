/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import java.time.Duration;
import java.util.List;

/**
 * Says that no simulated thread could go on, now or within the {@link Simulation#maxJump longest jump of time}.
 *
 * @since 0.1
 */
public final class SimulationStuckException extends SimulationException {
    private static final long serialVersionUID = 1;

    /** One line per thread. */
    private final String[] threads;

    SimulationStuckException(long seed, Duration elapsed, List<String> threads) {
        super(seed, "Simulation is stuck after " + elapsed + " of virtual time: none of its " + threads.size()
                + " threads can go on:\n  " + String.join("\n  ", threads) + "\n", null);
        this.threads = threads.toArray(String[]::new);
    }

    /**
     * Returns the blocked threads in the order of their starts.
     *
     * @return one line each: number, name, what it waits for, its last place, top of its stack
     */
    public List<String> threads() {
        return List.of(threads);
    }
}
