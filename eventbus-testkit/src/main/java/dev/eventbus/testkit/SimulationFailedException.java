/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import java.util.List;

/**
 * Says that a simulated thread threw what nobody expected.
 *
 * <p>The cause is what the body threw, or else the first that another thread did; what else was thrown is suppressed.
 * Immutable.
 *
 * @since 0.1
 */
public final class SimulationFailedException extends SimulationException {
    private static final long serialVersionUID = 1;

    SimulationFailedException(long seed, Throwable first, List<? extends Throwable> others) {
        super(seed, "Simulation failed: " + first, first);
        others.forEach(this::addSuppressed);
    }
}
