/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import java.util.List;

/**
 * Says that a simulated thread took no step for too long in real time.
 *
 * <p>It is blocked on something that is not the runtime, such as a lock that a thread without the baton holds, or it runs
 * in a circle without a step. Immutable.
 *
 * @since 0.1
 */
public final class SimulationBlockedException extends SimulationException {
    private static final long serialVersionUID = 1;

    SimulationBlockedException(long seed, String reason, List<String> threads) {
        super(seed, "Simulation is blocked: " + reason + "; threads must wait by the runtime alone:\n  "
                + String.join("\n  ", threads) + "\n", null);
    }
}
