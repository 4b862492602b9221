/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.testkit.Simulation;
import dev.eventbus.testkit.SimulationResult;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The shipped engine under seeded interleavings (T-1). */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LaneSimulationTest {
    private static final long FIRST = Long.getLong("simulation.first", 0);
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 2_000);

    private final Faults faults = new Faults();

    @Test
    void no_interleaving_breaks_a_promise() {
        List<Long> hashes = LongStream.range(FIRST, FIRST + SEEDS).parallel().mapToObj(seed -> run(seed).traceHash()).toList();

        System.out.println("simulation: " + SEEDS + " seeds, " + hashes.stream().distinct().count() + " interleavings, "
                + faults);
        assertThat(hashes.stream().distinct().count()).isGreaterThanOrEqualTo((long) (SEEDS * 0.99));
    }

    private SimulationResult run(long seed) {
        try {
            return Simulation.seed(seed).run(new LaneScenario(faults));
        } catch (Exception | AssertionError failure) {
            throw new AssertionError("seed " + seed + " fails; again: mvn verify -pl eventbus-testkit -am "
                    + "-Dtest=LaneSimulationTest -Dsimulation.first=" + seed + " -Dsimulation.seeds=1: " + failure, failure);
        }
    }
}
