/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Does the simulation find what it is for? Small programs with a planted race, and the same ones without. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SimulationRaceTest {
    private static final int SEEDS = 1_000;

    @Test
    void finds_a_lost_update() {
        assertThat(failures(world -> add(world, new AtomicInteger(), false))).isGreaterThan(SEEDS / 20);
    }

    @Test
    void finds_no_lost_update_where_there_is_none() {
        assertThat(failures(world -> add(world, new AtomicInteger(), true))).isZero();
    }

    @Test
    void finds_a_lost_wake_up() {
        assertThat(failures(world -> handOff(world, false))).isGreaterThan(SEEDS / 50);
    }

    @Test
    void finds_no_lost_wake_up_where_there_is_none() {
        assertThat(failures(world -> handOff(world, true))).isZero();
    }

    @Test
    void finds_a_race_that_needs_a_long_stop_between_two_steps() {
        // The one that stops must do so while the other takes all of its 40 steps: drawn evenly at each step, once in 10^12.
        int found = failures(world -> {
            int[] steps = {0};
            SimulatedThread other = world.start("other", () -> {
                for (int i = 0; i < 40; i++) {
                    world.mark("work");
                    steps[0]++;
                }
            });
            int before = steps[0];
            world.mark("between");
            int after = steps[0];
            other.join();
            assertThat(after - before).isLessThan(40);
        });

        assertThat(found).isGreaterThan(SEEDS / 100);
    }

    private static void add(World world, AtomicInteger counter, boolean atomically) throws InterruptedException {
        SimulatedTask adder = () -> {
            if (atomically) {
                counter.incrementAndGet();
                world.mark("added");
            } else {
                int read = counter.get();
                world.mark("between read and write");
                counter.set(read + 1);
            }
        };
        SimulatedThread one = world.start("one", adder);
        SimulatedThread two = world.start("two", adder);
        one.join();
        two.join();
        assertThat(counter).hasValue(2);
    }

    /** A worker goes to sleep when there is no work; who brings work wakes it if it sleeps. */
    private static void handOff(World world, boolean looksAgain) throws InterruptedException {
        AtomicBoolean work = new AtomicBoolean();
        AtomicBoolean sleeps = new AtomicBoolean();
        SimulatedThread worker = world.start("worker", () -> {
            while (!work.get()) {
                world.mark("no work");
                sleeps.set(true);
                world.mark("about to sleep");
                if (!looksAgain || !work.get()) {
                    world.runtime().parkUntil(world.time().monotonicNanos() + Long.MAX_VALUE / 4);
                }
                sleeps.set(false);
            }
        });
        world.mark("before work");
        work.set(true);
        world.mark("work is there");
        if (sleeps.get()) {
            world.runtime().unpark(worker.thread());
        }
        worker.join();
    }

    private static int failures(SimulatedMain body) {
        int failures = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            try {
                Simulation.seed(seed).run(body);
            } catch (SimulationException expected) {
                failures++;
            }
        }
        return failures;
    }
}
