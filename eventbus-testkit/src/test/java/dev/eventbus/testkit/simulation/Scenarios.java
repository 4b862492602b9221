/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.simulation;

import dev.eventbus.testkit.SimulatedMain;
import java.util.Map;
import java.util.function.Supplier;

/** The scenarios of this package, for those who run them against another engine. */
public final class Scenarios {
    private Scenarios() {
    }

    /**
     * Returns them by name.
     *
     * @return each makes a scenario for one run
     */
    public static Map<String, Supplier<SimulatedMain>> all() {
        return Map.of("LaneScenario", () -> new LaneScenario(new Faults()), "FailureScenario",
                () -> new FailureScenario(new Faults()));
    }
}
