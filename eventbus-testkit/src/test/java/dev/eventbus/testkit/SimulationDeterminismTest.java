/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SimulationDeterminismTest {
    private static final int SEEDS = 500;

    @Test
    void the_same_seed_gives_the_same_run() {
        for (long seed = 0; seed < 50; seed++) {
            SimulationResult first = Simulation.seed(seed).run(SimulationDeterminismTest::race);
            SimulationResult again = Simulation.seed(seed).run(SimulationDeterminismTest::race);

            assertThat(again).isEqualTo(first);
        }
    }

    @Test
    void one_object_runs_twice_alike() {
        Simulation simulation = Simulation.seed(7).switchChance(0.5);

        assertThat(simulation.run(SimulationDeterminismTest::race))
                .isEqualTo(simulation.run(SimulationDeterminismTest::race));
    }

    @Test
    void nearly_every_seed_gives_another_run() {
        Set<Long> hashes = new HashSet<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            hashes.add(Simulation.seed(seed).run(SimulationDeterminismTest::race).traceHash());
        }

        assertThat(hashes).hasSizeGreaterThanOrEqualTo(SEEDS * 99 / 100);
    }

    @Test
    void the_trace_can_be_read_and_is_the_same_again() {
        List<String> first = new ArrayList<>();
        List<String> again = new ArrayList<>();

        SimulationResult result = Simulation.seed(3).trace(first::add).run(SimulationDeterminismTest::race);
        Simulation.seed(3).trace(again::add).run(SimulationDeterminismTest::race);

        assertThat(first).hasSize((int) result.steps()).contains("PT0S #0 'main' start").isEqualTo(again);
    }

    @Test
    void notes_tell_apart_runs_that_differ_in_nothing_else() {
        assertThat(hashWith("a")).isEqualTo(hashWith("a")).isNotEqualTo(hashWith("b"));
    }

    @Test
    void the_bus_and_the_scenario_draw_from_generators_of_their_own() {
        List<Long> drawn = new ArrayList<>();

        Simulation.seed(11).run(world -> {
            drawn.add(world.random().nextLong());
            drawn.add(world.scenarioRandom().nextLong());
        });
        Simulation.seed(11).run(world -> {
            drawn.add(world.random().nextLong());
            drawn.add(world.random().nextLong());
            drawn.add(world.scenarioRandom().nextLong());
        });

        assertThat(drawn.get(0)).isEqualTo(drawn.get(2)).isNotEqualTo(drawn.get(1));
        assertThat(drawn.get(1)).isEqualTo(drawn.get(4));
    }

    private static long hashWith(String note) {
        return Simulation.seed(1).run(world -> world.note(note)).traceHash();
    }

    /** Three threads that write, sleep, park and wake each other. */
    private static void race(World world) {
        for (int i = 0; i < 3; i++) {
            int number = i;
            SimulatedThread peer = world.start("worker-" + i, () -> {
                for (int round = 0; round < 5; round++) {
                    world.mark("round");
                    world.runtime().parkUntil(world.time().monotonicNanos() + number * 1_000L);
                    world.sleep(Duration.ofMillis(world.scenarioRandom().nextInt(3)));
                    world.note(round * 10L + number);
                }
            });
            world.runtime().unpark(peer.thread());
        }
    }
}
