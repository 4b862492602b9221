/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Runs a program of several threads one thread at a time, in an order and on a time that follow from a seed alone.
 *
 * {@snippet class="dev.eventbus.testkit.SimulationSnippets" region="simulation"}
 *
 * <p>Threads are virtual threads that pass a baton. Who goes on is drawn at each step: at starts, waits, wake-ups,
 * interrupts, readings of the clock and marked places. Waits may end for no reason, as the contract of
 * {@link dev.eventbus.spi.BusRuntime#parkUntil} allows. Virtual time moves only when no thread can run, to the earliest
 * moment that one waits for. The same seed and program give the same run, so a failure is a seed that fails every time.
 *
 * <p>The program must wait, start threads and tell the time by {@link World} alone, hold no lock across a step, and depend
 * on nothing that differs between runs, such as identity hash codes. An interrupt shows as the flag of a thread when that
 * thread next runs, not before.
 *
 * <p>One object may run any number of times. Not thread-safe.
 *
 * @since 0.1
 */
public final class Simulation {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    /** Where the monotonic clock may start: it promises nothing but differences, and passes the largest number some day. */
    private static final long[] ORIGINS = {0, -Duration.ofMinutes(1).toNanos(),
            Long.MAX_VALUE - Duration.ofMinutes(1).toNanos(),
            Long.MIN_VALUE, 1L << 40};

    private final long seed;
    private double switchChance; // 0: drawn
    private long maxSteps = 10_000_000;
    private Duration maxJump = Duration.ofHours(12);
    private Duration realTimeout = Duration.ofSeconds(60);
    private Predicate<? super Throwable> expected = thrown -> false;
    private @Nullable Consumer<? super String> trace;

    private Simulation(long seed) {
        this.seed = seed;
    }

    /**
     * Returns a simulation with all defaults.
     *
     * @param seed what every choice follows from
     * @return the simulation
     */
    public static Simulation seed(long seed) {
        return new Simulation(seed);
    }

    /**
     * Chooses how often a step considers handing over to another thread; waits always do.
     *
     * <p>Drawn from the seed unless set, between 1/32 and 1, mostly 1/8.
     *
     * @param chance above 0, at most 1
     * @return this
     */
    public Simulation switchChance(double chance) {
        if (!(chance > 0 && chance <= 1)) {
            throw new IllegalArgumentException("chance must be > 0 and <= 1, was " + chance);
        }
        switchChance = chance;
        return this;
    }

    /**
     * Bounds how many steps a run may take before it ends with a {@link SimulationEndlessException}.
     *
     * <p>10 million unless set.
     *
     * @param steps at least 1
     * @return this
     */
    public Simulation maxSteps(long steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("steps must be >= 1, was " + steps);
        }
        maxSteps = steps;
        return this;
    }

    /**
     * Bounds how far time moves at once for a thread of the bus; a longer wait counts as one without end.
     *
     * <p>12 hours unless set. While somebody sleeps or awaits something for a bounded time, this does not apply: the
     * scenario said how long.
     *
     * @param duration more than zero
     * @return this
     */
    public Simulation maxJump(Duration duration) {
        maxJump = positive(duration, "maxJump");
        return this;
    }

    /**
     * Bounds how long a run may take no step, in real time, before it ends with a {@link SimulationBlockedException}.
     *
     * <p>60 seconds unless set; noticed after twice as long at the latest.
     *
     * @param duration more than zero
     * @return this
     */
    public Simulation realTimeout(Duration duration) {
        realTimeout = positive(duration, "realTimeout");
        return this;
    }

    /**
     * Says which uncaught exceptions of other threads than the first belong to the scenario.
     *
     * <p>None unless set. Those are collected in {@link SimulationResult#uncaught()}; any other fails the run at its end.
     *
     * @param isExpected answers for what a thread threw
     * @return this
     */
    public Simulation expectUncaught(Predicate<? super Throwable> isExpected) {
        expected = isExpected;
        return this;
    }

    /**
     * Sends one line per step somewhere, to read the run of a seed that fails.
     *
     * <p>Nowhere unless set.
     *
     * @param sink takes time, thread and place; called by one thread at a time, must not call the simulation
     * @return this
     */
    public Simulation trace(Consumer<? super String> sink) {
        trace = sink;
        return this;
    }

    /**
     * Runs a program to the end of all its threads.
     *
     * @param body what the first thread runs; it starts the others
     * @return what the run came to
     * @throws SimulationFailedException if the body threw, or another thread did unexpectedly
     * @throws SimulationStuckException if no thread could go on and not all had ended
     * @throws SimulationEndlessException if it took too many steps
     * @throws SimulationBlockedException if it took no step for too long in real time, or the calling thread was
     *             interrupted, whose flag is then set
     */
    public SimulationResult run(SimulatedMain body) {
        Dice origins = new Dice(seed, 3);
        VirtualTime time = new VirtualTime(START, ORIGINS[origins.below(ORIGINS.length)]);
        return new SimulationRun(
                new SimulationSettings(seed, false, switchChance, maxSteps, maxJump, realTimeout, expected, trace),
                time)
                .run(body);
    }

    private static Duration positive(Duration duration, String name) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(name + " must be > 0, was " + duration);
        }
        return duration;
    }
}
