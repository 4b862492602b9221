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
    private static final int FEWEST_FOR_ALL = 500;
    private static final List<String> FAULTS = List.of("attempt failed", "retry", "timed out", "slow handler",
            "interrupted",
            "BufferFullException", "WouldDeadlockException", "receipt would deadlock", "BusClosedException", "dropped",
            "dead_lettered", "letter OVERFLOW", "letter ATTEMPTS_EXHAUSTED", "letter NOT_RETRYABLE",
            "letter PARKED_BEHIND", "letter KEY_SHARE_FULL", "cancelled",
            "returned",
            "nested", "paused", "key paused", "guest", "redriven", "early shutdown");
    private static final int REPEATED = 50;
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 500);

    private final Faults faults = new Faults();

    @Test
    void no_interleaving_breaks_a_promise() {
        List<Long> hashes = LongStream.range(FIRST, FIRST + SEEDS).parallel().mapToObj(seed -> run(seed).traceHash())
                .toList();

        System.out.println("simulation: " + SEEDS + " seeds, " + hashes.stream().distinct().count() + " interleavings, "
                + faults);
        assertThat(hashes.stream().distinct().count()).isGreaterThanOrEqualTo((long) (SEEDS * 0.99));
        assertThat(SEEDS < FEWEST_FOR_ALL ? List.of() : FAULTS.stream().filter(fault -> faults.of(fault) == 0).toList())
                .as("faults that never fired").isEmpty();
    }

    @Test
    void a_seed_gives_the_same_run_again() {
        List<Long> once = LongStream.range(0, REPEATED).parallel().mapToObj(seed -> run(seed).traceHash()).toList();
        List<Long> again = LongStream.range(0, REPEATED).mapToObj(seed -> run(seed).traceHash()).toList();

        assertThat(again).isEqualTo(once);
    }

    private SimulationResult run(long seed) {
        try {
            return Simulation.seed(seed).run(new LaneScenario(faults));
        } catch (Exception | AssertionError failure) {
            throw new AssertionError("seed " + seed + " fails; again: mvn verify -pl eventbus-testkit -am "
                    + "-Dtest=LaneSimulationTest -Dsimulation.first=" + seed + " -Dsimulation.seeds=1: " + failure,
                    failure);
        }
    }
}
