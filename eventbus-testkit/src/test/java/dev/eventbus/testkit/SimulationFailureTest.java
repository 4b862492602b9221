/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SimulationFailureTest {
    private final List<Thread> threads = new ArrayList<>();

    @Nested
    @DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
    class Stuck {
        @Test
        void names_each_blocked_thread_its_wait_and_the_seed() {
            SimulationStuckException stuck = catchThrowableOfType(SimulationStuckException.class,
                    () -> Simulation.seed(42).run(world -> {
                        world.start("lane", () -> {
                            world.mark("lane.idle");
                            parkForEver(world);
                        });
                        world.sleep(Duration.ofSeconds(1));
                        world.await("an answer", () -> false);
                    }));

            assertThat(stuck.seed()).isEqualTo(42);
            assertThat(stuck).hasMessageStartingWith(
                    "Simulation is stuck after PT1S of virtual time: none of its 2 threads can go on:\n  #0 'main' waits for")
                    .hasMessageEndingWith("; reproduce with Simulation.seed(42L)");
            assertThat(stuck.threads()).hasSize(2);
            assertThat(stuck.threads().get(0)).startsWith("#0 'main' waits for, last at 'an answer', in ")
                    .contains("SimulationFailureTest");
            assertThat(stuck.threads().get(1)).startsWith("#1 'lane' parked until +PT").contains("last at 'park'")
                    .contains("parkForEver");
        }

        @Test
        void a_wait_beyond_the_longest_jump_is_one_without_end() {
            SimulatedMain twoHours = world -> {
                long deadline = world.time().monotonicNanos() + Duration.ofHours(2).toNanos();
                while (deadline - world.time().monotonicNanos() > 0) {
                    world.runtime().parkUntil(deadline);
                }
            };

            assertThat(Simulation.seed(1).run(twoHours).elapsed()).isEqualTo(Duration.ofHours(2));
            assertThatThrownBy(() -> Simulation.seed(1).maxJump(Duration.ofHours(1)).run(twoHours))
                    .isInstanceOf(SimulationStuckException.class);
        }

        @Test
        void the_scenario_may_sleep_for_as_long_as_it_likes() {
            assertThat(Simulation.seed(1).run(world -> world.sleep(Duration.ofDays(400))).elapsed())
                    .isEqualTo(Duration.ofDays(400));
        }

        @Test
        void leaves_no_thread_behind() throws InterruptedException {
            assertThatThrownBy(() -> Simulation.seed(1).run(world -> {
                for (int i = 0; i < 5; i++) {
                    threads.add(world.start("lane", () -> parkForEver(world)).thread());
                }
            })).isInstanceOf(SimulationStuckException.class);

            assertAllEnd();
        }

        @Test
        void a_thread_that_cleans_up_uses_the_runtime_without_harm() throws InterruptedException {
            List<String> cleaned = new ArrayList<>();
            assertThatThrownBy(() -> Simulation.seed(1).run(world -> {
                SimulatedThread other = world.start("other", () -> parkForEver(world));
                threads.add(other.thread());
                try {
                    parkForEver(world);
                } finally {
                    world.runtime().unpark(other.thread());
                    world.runtime().interrupt(other.thread());
                    world.runtime().start("never runs", () -> cleaned.add("ran"));
                    cleaned.add("cleaned");
                }
            })).isInstanceOf(SimulationStuckException.class);

            assertThat(cleaned).containsExactly("cleaned");
            assertAllEnd();
        }

        @Test
        void a_thread_that_catches_everything_cannot_keep_the_run_from_its_end() {
            assertThatThrownBy(() -> Simulation.seed(1).run(world -> {
                world.start("stubborn", () -> {
                    while (true) {
                        try {
                            parkForEver(world);
                        } catch (Throwable ignored) {
                            world.elapsed();
                        }
                    }
                });
            })).isInstanceOf(SimulationStuckException.class).hasMessageContaining("stubborn");
        }
    }

    @Nested
    @DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
    class Endless {
        @Test
        void ends_a_run_that_goes_in_circles() throws InterruptedException {
            assertThatThrownBy(() -> Simulation.seed(9).maxSteps(1_000).run(world -> {
                threads.add(world.start("circle", () -> {
                    while (true) {
                        world.mark("round");
                    }
                }).thread());
                parkForEver(world);
            })).isInstanceOf(SimulationEndlessException.class)
                    .hasMessageStartingWith(
                            "Simulation took more than 1000 steps (PT0S of virtual time); raise maxSteps")
                    .hasMessageContaining("#1 'circle'").hasMessageContaining("Simulation.seed(9L)");

            assertAllEnd();
        }
    }

    @Nested
    @DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
    class Blocked {
        @Test
        void names_a_thread_that_is_blocked_on_something_else() throws InterruptedException {
            assertThatThrownBy(() -> Simulation.seed(9).realTimeout(Duration.ofMillis(50)).run(world -> {
                threads.add(world.start("parked", () -> parkForEver(world)).thread());
                new CountDownLatch(1).await();
            })).isInstanceOf(SimulationBlockedException.class)
                    .hasMessageStartingWith("Simulation is blocked: no step within PT0.05S of real time")
                    .hasMessageContaining(
                            "#0 'main' runnable, last at 'started', in dev.eventbus.testkit.SimulationFailureTest")
                    .hasMessageContaining("Simulation.seed(9L)");

            assertAllEnd();
        }

        @Test
        void ends_when_the_calling_thread_is_interrupted() throws InterruptedException {
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> Simulation.seed(9).run(world -> {
                threads.add(world.start("parked", () -> parkForEver(world)).thread());
                new CountDownLatch(1).await();
            })).isInstanceOf(SimulationBlockedException.class).hasMessageContaining("was interrupted");

            assertThat(Thread.interrupted()).isTrue();
            assertAllEnd();
        }
    }

    @Nested
    @DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
    class Exceptions {
        @Test
        void what_the_body_throws_fails_the_run_at_once() {
            AssertionError failed = new AssertionError("wrong");

            assertThatThrownBy(() -> Simulation.seed(3).expectUncaught(thrown -> true).run(world -> {
                world.start("lane", () -> parkForEver(world));
                throw failed;
            })).isInstanceOf(SimulationFailedException.class).hasCause(failed)
                    .hasMessage(
                            "Simulation failed: java.lang.AssertionError: wrong; reproduce with Simulation.seed(3L)");
        }

        @Test
        void what_other_threads_throw_fails_the_run_at_its_end() {
            assertThatThrownBy(() -> Simulation.seed(3).run(world -> {
                thrower(world, "first").join();
                thrower(world, "second").join();
                world.sleep(Duration.ofHours(1));
            })).isInstanceOf(SimulationFailedException.class).hasRootCauseMessage("first")
                    .satisfies(failed -> assertThat(failed.getSuppressed()).extracting(Throwable::getMessage)
                            .containsExactly("second"));
        }

        @Test
        void explains_a_stuck_run_by_what_a_thread_threw_before() {
            assertThatThrownBy(() -> Simulation.seed(3).run(world -> {
                thrower(world, "died");
                parkForEver(world);
            })).isInstanceOf(SimulationFailedException.class).hasRootCauseMessage("died")
                    .satisfies(failed -> assertThat(failed.getSuppressed())
                            .hasOnlyElementsOfType(SimulationStuckException.class).hasSize(1));
        }

        @Test
        void those_that_are_expected_are_collected() {
            SimulationResult result = Simulation.seed(3).expectUncaught(OutOfMemoryError.class::isInstance)
                    .run(world -> {
                        world.runtime().start("lane", () -> {
                            throw new OutOfMemoryError("planted");
                        });
                        world.start("reports", () -> Thread.currentThread().getUncaughtExceptionHandler()
                                .uncaughtException(Thread.currentThread(), new OutOfMemoryError("reported")));
                    });

            assertThat(result.uncaught()).extracting(Throwable::getMessage).containsExactlyInAnyOrder("planted",
                    "reported");
        }

        private static SimulatedThread thrower(World world, String message) {
            return world.start(message, () -> {
                throw new Exception(message);
            });
        }
    }

    @Nested
    @DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
    class Misuse {
        @Test
        void threads_from_outside_read_the_clock_and_do_nothing_else() {
            List<World> worlds = new ArrayList<>();
            Simulation.seed(1).run(worlds::add);
            World world = worlds.get(0);

            world.mark("no step");
            assertThat(world.time().monotonicNanos()).isEqualTo(world.time().monotonicNanos());
            assertThatThrownBy(() -> world.runtime().start("late", () -> {})).isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("start was called by Thread[")
                    .hasMessageEndingWith(
                            "call it inside Simulation.run, on simulated threads, or with a TestEventBus on the thread"
                                    + " of the test (or build it threaded)");
            assertThatThrownBy(() -> world.runtime().parkUntil(1)).isInstanceOf(IllegalStateException.class);
        }

        @Test
        void settings_that_make_no_sense_are_refused() {
            Simulation simulation = Simulation.seed(1);

            assertThatThrownBy(() -> simulation.switchChance(0)).hasMessage("chance must be > 0 and <= 1, was 0.0");
            assertThatThrownBy(() -> simulation.switchChance(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> simulation.maxSteps(0)).hasMessage("steps must be >= 1, was 0");
            assertThatThrownBy(() -> simulation.maxJump(Duration.ZERO)).hasMessage("maxJump must be > 0, was PT0S");
            assertThatThrownBy(() -> simulation.realTimeout(Duration.ofSeconds(-1)))
                    .hasMessage("realTimeout must be > 0, was PT-1S");
        }
    }

    private void assertAllEnd() throws InterruptedException {
        for (Thread thread : threads) {
            assertThat(thread.join(Duration.ofSeconds(10))).as("never came: the end of " + thread).isTrue();
        }
    }

    private static void parkForEver(World world) {
        while (true) {
            world.runtime().parkUntil(world.time().monotonicNanos() + Long.MAX_VALUE / 4);
        }
    }
}
