/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SimulationWaitTest {
    private static final int SEEDS = 200;
    private static final Duration HOUR = Duration.ofHours(1);

    @Nested
    @DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
    class Permits {
        @Test
        void an_unpark_before_the_park_makes_it_return_at_once() {
            assertThat(seedsWithout(result -> result.elapsed().isZero(), world -> {
                world.runtime().unpark(Thread.currentThread());
                park(world, HOUR);
            })).isZero();
        }

        @Test
        void two_unparks_leave_one_permit() {
            // A spurious return looks like a second permit; it is rare.
            assertThat(seedsWithout(result -> result.elapsed().equals(HOUR), world -> {
                world.runtime().unpark(Thread.currentThread());
                world.runtime().unpark(Thread.currentThread());
                park(world, HOUR);
                park(world, HOUR);
            })).isLessThan(SEEDS / 10);
        }

        @Test
        void a_park_returns_for_no_reason_now_and_then() {
            int spurious = seedsWithout(result -> result.elapsed().equals(HOUR), world -> park(world, HOUR));

            assertThat(spurious).isBetween(1, SEEDS / 10);
        }

        @Test
        void a_park_ends_at_its_deadline() {
            Simulation.seed(1).run(world -> {
                long deadline = world.time().monotonicNanos() + 1_234;
                while (world.time().monotonicNanos() - deadline < 0) {
                    world.runtime().parkUntil(deadline);
                }
                assertThat(world.time().monotonicNanos()).isEqualTo(deadline);
                assertThat(world.elapsed()).isEqualTo(Duration.ofNanos(1_234));
            });
        }

        @Test
        void a_deadline_that_has_passed_leaves_the_permit() {
            assertThat(seedsWithout(result -> result.elapsed().isZero(), world -> {
                world.runtime().unpark(Thread.currentThread());
                park(world, Duration.ZERO);
                park(world, HOUR);
            })).isZero();
        }

        @Test
        void an_unpark_ends_the_park_of_another_thread() {
            assertThat(seedsWithout(result -> result.elapsed().isZero(), world -> {
                SimulatedThread parked = world.start("parked", () -> park(world, HOUR));
                world.runtime().unpark(parked.thread());
                parked.join();
            })).isZero();
        }

        @Test
        void a_thread_that_sleeps_keeps_the_permit_for_later() {
            assertThat(seedsWithout(result -> result.elapsed().equals(HOUR), world -> {
                SimulatedThread sleeper = world.start("sleeper", () -> {
                    world.sleep(HOUR);
                    park(world, HOUR);
                });
                world.awaitIdle();
                world.runtime().unpark(sleeper.thread());
            })).isZero();
        }

        @Test
        void to_unpark_or_interrupt_a_thread_that_has_ended_does_nothing() {
            Simulation.seed(1).run(world -> {
                SimulatedThread ended = world.start("short", () -> {});
                ended.join();
                world.runtime().unpark(ended.thread());
                ended.interrupt();
                assertThat(ended.hasEnded()).isTrue();
            });
        }

        @Test
        void a_platform_thread_cannot_be_unparked() {
            Thread outside = Thread.currentThread();

            Simulation.seed(1).run(world -> assertThatThrownBy(() -> world.runtime().unpark(outside))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageEndingWith("is no thread of this simulation"));
        }
    }

    @Nested
    @DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
    class Interrupts {
        @Test
        void an_interrupt_ends_a_park_and_stays_set() {
            assertThat(seedsWithout(result -> result.elapsed().isZero(), world -> {
                AtomicBoolean flag = new AtomicBoolean();
                SimulatedThread parked = world.start("parked", () -> {
                    while (!Thread.currentThread().isInterrupted()) {
                        park(world, HOUR);
                    }
                    flag.set(true);
                });
                parked.interrupt();
                parked.join();
                assertThat(flag).isTrue();
            })).isZero();
        }

        @Test
        void an_interrupted_thread_does_not_park() {
            assertThat(seedsWithout(result -> result.elapsed().isZero(), world -> {
                world.runtime().interrupt(Thread.currentThread());
                park(world, HOUR);
                park(world, HOUR);
                assertThat(Thread.interrupted()).isTrue();
            })).isZero();
        }

        @Test
        void the_flag_survives_that_others_run() {
            for (long seed = 0; seed < SEEDS; seed++) {
                Simulation.seed(seed).switchChance(1).run(world -> {
                    SimulatedThread other = world.start("other", () -> marks(world));
                    Thread.currentThread().interrupt();
                    marks(world);
                    assertThat(Thread.interrupted()).isTrue();
                    marks(world);
                    assertThat(Thread.interrupted()).isFalse();
                    other.join();
                });
            }
        }

        @Test
        void an_interrupt_of_a_thread_that_could_run_shows_when_it_runs() {
            for (long seed = 0; seed < SEEDS; seed++) {
                Simulation.seed(seed).run(world -> {
                    boolean[] interrupted = {false};
                    SimulatedThread other = world.start("other", () -> {
                        while (!interrupted[0]) {
                            world.mark("busy");
                        }
                        assertThat(Thread.currentThread().isInterrupted()).isTrue();
                    });
                    other.interrupt();
                    interrupted[0] = true;
                });
            }
        }

        @Test
        void an_interrupt_past_the_runtime_shows_too() {
            for (long seed = 0; seed < SEEDS; seed++) {
                Simulation.seed(seed).run(world -> {
                    boolean[] begun = {false};
                    SimulatedThread other = world.start("other", () -> {
                        begun[0] = true;
                        world.mark("begun");
                        assertThatThrownBy(() -> world.sleep(Duration.ofNanos(1)))
                                .isInstanceOf(InterruptedException.class);
                    });
                    world.await("it has begun", () -> begun[0]);
                    if (!other.hasEnded() && world.elapsed().isZero()) {
                        other.thread().interrupt();
                    }
                });
            }
        }

        @Test
        void a_sleep_ends_with_an_exception_and_takes_the_flag() {
            assertThat(seedsWithout(result -> result.elapsed().isZero(), world -> {
                SimulatedThread sleeper = world.start("sleeper", () -> {
                    assertThatThrownBy(() -> world.sleep(HOUR)).isInstanceOf(InterruptedException.class)
                            .hasMessage("simulated thread #1 'sleeper' was interrupted at 'sleep'");
                    assertThat(Thread.currentThread().isInterrupted()).isFalse();
                });
                sleeper.interrupt();
                sleeper.join();
            })).isZero();
        }

        @Test
        void waits_for_conditions_threads_and_idleness_end_with_an_exception() {
            for (long seed = 0; seed < SEEDS; seed++) {
                Simulation.seed(seed).run(world -> {
                    SimulatedThread stays = world.start("stays", () -> world.sleep(HOUR));
                    List<SimulatedThread> waiters = List.of(
                            world.start("condition", () -> interrupted(() -> world.await("never", () -> false))),
                            world.start("bounded", () -> interrupted(() -> world.await("never", () -> false, HOUR))),
                            world.start("join", () -> interrupted(stays::join)));
                    waiters.forEach(SimulatedThread::interrupt);
                    world.runtime().interrupt(Thread.currentThread());
                    interrupted(world::awaitIdle);
                    for (SimulatedThread waiter : waiters) {
                        waiter.join();
                    }
                    assertThat(world.elapsed()).isZero();
                });
            }
        }

        private static void interrupted(SimulatedTask wait) {
            assertThatThrownBy(wait::run).isInstanceOf(InterruptedException.class);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    @Nested
    @DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
    class Conditions {
        @Test
        void a_condition_holds_when_the_wait_returns() {
            for (long seed = 0; seed < SEEDS; seed++) {
                Simulation.seed(seed).run(world -> {
                    int[] counter = {0};
                    world.start("counter", () -> {
                        for (int i = 0; i < 10; i++) {
                            counter[0]++;
                            world.sleep(Duration.ofMillis(1));
                        }
                    });
                    world.await("an even number above 3", () -> counter[0] > 3 && counter[0] % 2 == 0);
                    assertThat(counter[0]).isGreaterThan(3).isEven();
                });
            }
        }

        @Test
        void a_condition_that_does_not_come_in_time_is_named() {
            assertThatThrownBy(() -> Simulation.seed(5).run(world -> world.await("the end", () -> false, HOUR)))
                    .isInstanceOf(SimulationFailedException.class)
                    .hasCause(new AssertionError("never came within PT1H of virtual time: the end (seed=5)"));
        }

        @Test
        void a_condition_may_read_the_clock_but_not_wait() {
            Simulation.seed(1).run(world -> {
                long start = world.time().monotonicNanos();
                world.start("sleeper", () -> world.sleep(HOUR));
                world.await("an hour", () -> world.time().monotonicNanos() - start >= HOUR.toNanos());
                assertThatThrownBy(() -> world.await("nonsense", () -> {
                    world.runtime().unpark(Thread.currentThread());
                    return true;
                })).isInstanceOf(IllegalStateException.class)
                        .hasMessage("unpark was called by a condition; conditions only read");
            });
        }

        @Test
        void a_condition_that_throws_does_so_to_the_one_who_waits() {
            for (long seed = 0; seed < SEEDS; seed++) {
                Simulation.seed(seed).run(world -> {
                    boolean[] broken = {false};
                    SimulatedThread waiter = world.start("waiter",
                            () -> assertThatThrownBy(() -> world.await("x", () -> {
                                if (broken[0]) {
                                    throw new IllegalStateException("broken");
                                }
                                return false;
                            })).hasMessage("broken"));
                    world.mark("before");
                    broken[0] = true;
                    waiter.join();
                });
            }
        }

        @Test
        void idle_is_when_all_others_are_blocked_and_time_has_not_moved() {
            for (long seed = 0; seed < SEEDS; seed++) {
                Simulation.seed(seed).run(world -> {
                    int[] done = {0};
                    for (int i = 0; i < 3; i++) {
                        world.start("worker", () -> {
                            marks(world);
                            done[0]++;
                            world.sleep(HOUR);
                            done[0]++;
                        });
                    }
                    world.awaitIdle();
                    assertThat(done[0]).isEqualTo(3);
                    assertThat(world.elapsed()).isZero();
                });
            }
        }
    }

    private static void marks(World world) {
        for (int i = 0; i < 10; i++) {
            world.mark("step");
        }
    }

    private static void park(World world, Duration duration) {
        world.runtime().parkUntil(world.time().monotonicNanos() + duration.toNanos());
    }

    private static int seedsWithout(Predicate<SimulationResult> property, SimulatedMain body) {
        int without = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            without += property.test(Simulation.seed(seed).run(body)) ? 0 : 1;
        }
        return without;
    }
}
