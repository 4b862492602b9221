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
class SimulationTimeTest {
    private static final int SEEDS = 100;

    @Test
    void time_jumps_from_deadline_to_deadline_in_order() {
        for (long seed = 0; seed < SEEDS; seed++) {
            List<String> order = new ArrayList<>();

            SimulationResult result = Simulation.seed(seed).run(world -> {
                for (int hours : new int[] {3, 1, 2}) {
                    world.start("sleeper", () -> {
                        world.sleep(Duration.ofHours(hours));
                        order.add(hours + " at " + world.elapsed());
                    });
                }
            });

            assertThat(order).containsExactly("1 at PT1H", "2 at PT2H", "3 at PT3H");
            assertThat(result.elapsed()).isEqualTo(Duration.ofHours(3));
        }
    }

    @Test
    void threads_of_the_same_moment_wake_in_any_order() {
        Set<List<Integer>> orders = new HashSet<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            List<Integer> order = new ArrayList<>();
            Simulation.seed(seed).run(world -> {
                for (int i = 0; i < 3; i++) {
                    int number = i;
                    world.start("sleeper", () -> {
                        world.sleep(Duration.ofSeconds(1));
                        order.add(number);
                    });
                }
            });
            orders.add(order);
        }

        assertThat(orders).as("orders of three threads").hasSize(6);
    }

    @Test
    void time_stands_still_while_a_thread_can_run() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Simulation.seed(seed).run(world -> {
                SimulatedThread sleeper = world.start("sleeper", () -> world.sleep(Duration.ofNanos(1)));
                for (int i = 0; i < 100; i++) {
                    world.mark("busy");
                }
                assertThat(sleeper.hasEnded()).isFalse();
                assertThat(world.elapsed()).isZero();
            });
        }
    }

    @Test
    void a_stall_makes_what_is_due_able_to_run_though_others_could_all_the_time() {
        int before = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            boolean[] woken = {false};
            boolean[] seen = {false};
            Simulation.seed(seed).switchChance(1).run(world -> {
                world.start("sleeper", () -> {
                    world.sleep(Duration.ofSeconds(1));
                    woken[0] = true;
                });
                for (int i = 0; i < 10; i++) {
                    world.mark("until it sleeps");
                }
                world.stall(Duration.ofSeconds(2));
                for (int i = 0; i < 10; i++) {
                    world.mark("busy");
                }
                seen[0] = woken[0];
                assertThat(world.elapsed()).isEqualTo(Duration.ofSeconds(2));
            });
            before += seen[0] ? 1 : 0;
        }

        assertThat(before).isGreaterThan(SEEDS / 2);
    }

    @Test
    void the_wall_clock_jumps_without_the_monotonic_one() {
        Simulation.seed(1).run(world -> {
            long wall = world.time().wallMillis();
            long monotonic = world.time().monotonicNanos();

            world.jumpWall(Duration.ofMinutes(-5));

            assertThat(world.time().wallMillis() - wall).isEqualTo(-300_000);
            assertThat(world.time().monotonicNanos()).isEqualTo(monotonic);
        });
    }

    @Test
    void the_monotonic_clock_starts_anywhere_and_waits_pass_its_largest_number() {
        Set<Long> origins = new HashSet<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            SimulationResult result = Simulation.seed(seed).run(world -> {
                origins.add(world.time().monotonicNanos());
                world.sleep(Duration.ofHours(1));
                long deadline = world.time().monotonicNanos() + Duration.ofHours(1).toNanos();
                while (deadline - world.time().monotonicNanos() > 0) {
                    world.runtime().parkUntil(deadline);
                }
            });
            assertThat(result.elapsed()).isEqualTo(Duration.ofHours(2));
        }

        assertThat(origins).hasSizeGreaterThan(3);
    }
}
