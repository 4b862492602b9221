/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import dev.eventbus.spi.BusRuntime;
import dev.eventbus.spi.Clocks;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * What the threads of one run of a {@link Simulation} share: time, runtime, randomness, and each other.
 *
 * <p>Every method but the plain accessors is a step, at which another thread may go on. For simulated threads only, while
 * the simulation runs; thread-safe among them.
 *
 * @since 0.1
 */
public final class World {
    private final Scheduler scheduler;
    private final VirtualTime time;
    private final Clocks clocks;
    private final BusRuntime runtime;
    private final RandomGenerator random;
    private final RandomGenerator scenario;
    private final long seed;

    World(Scheduler scheduler, VirtualTime time, long seed) {
        this.scheduler = scheduler;
        this.time = time;
        this.seed = seed;
        clocks = new SimulatedClocks(scheduler::mark, time);
        runtime = new SimulatedRuntime(scheduler);
        random = new Dice(seed, 1);
        scenario = new Dice(seed, 2);
    }

    /**
     * Returns the seed of the run.
     *
     * @return the seed
     */
    public long seed() {
        return seed;
    }

    /**
     * Returns the clocks, for the bus; each reading is a step.
     *
     * @return clocks that may be read by any thread
     */
    public Clocks time() {
        return clocks;
    }

    /**
     * Returns the runtime, for the bus.
     *
     * @return the runtime
     */
    public BusRuntime runtime() {
        return runtime;
    }

    /**
     * Returns the randomness for the bus.
     *
     * @return a generator that belongs to the seed
     */
    public RandomGenerator random() {
        return random;
    }

    /**
     * Returns the randomness for the scenario, apart from that of the bus so that neither changes the other.
     *
     * @return a generator that belongs to the seed
     */
    public RandomGenerator scenarioRandom() {
        return scenario;
    }

    /**
     * Starts a thread.
     *
     * @param name name of the thread
     * @param task what to run
     * @return the thread
     */
    public SimulatedThread start(String name, SimulatedTask task) {
        return scheduler.start(name, task);
    }

    /**
     * Sleeps in virtual time.
     *
     * @param duration how long; zero or less is a step alone
     * @throws InterruptedException if the thread is interrupted; clears its flag
     */
    public void sleep(Duration duration) throws InterruptedException {
        scheduler.waits().sleep(duration);
    }

    /**
     * Marks a place where another thread may go on.
     *
     * @param place name of the place, for the trace
     */
    public void mark(String place) {
        scheduler.mark(place);
    }

    /**
     * Waits until a condition holds; if it never does, the run is stuck and says so.
     *
     * <p>The condition is asked whenever the simulation considers to hand over, by whichever thread runs then: it only
     * reads, and must not wait. It holds when this method returns.
     *
     * @param what names the condition in failures
     * @param condition what to wait for
     * @throws InterruptedException if the thread is interrupted; clears its flag
     */
    public void await(String what, BooleanSupplier condition) throws InterruptedException {
        scheduler.waits().await(what, condition);
    }

    /**
     * Waits until a condition holds, for a bounded virtual time.
     *
     * @param what names the condition in failures
     * @param condition what to wait for; asked as in {@link #await(String, BooleanSupplier)}
     * @param atMost how long to wait
     * @throws InterruptedException if the thread is interrupted; clears its flag
     * @throws AssertionError if the condition does not hold in time
     */
    public void await(String what, BooleanSupplier condition, Duration atMost) throws InterruptedException {
        if (!scheduler.waits().await(what, condition, atMost)) {
            throw new AssertionError(
                    "never came within " + atMost + " of virtual time: " + what + " (seed=" + seed + ")");
        }
    }

    /**
     * Waits until no other thread can run before time moves: each has ended, or is blocked with or without a deadline.
     *
     * @throws InterruptedException if the thread is interrupted; clears its flag
     */
    public void awaitIdle() throws InterruptedException {
        scheduler.waits().awaitIdle();
    }

    /**
     * Lets time pass while everybody stands still, as a long garbage collection does; what is due then can run.
     *
     * @param duration how long
     */
    public void stall(Duration duration) {
        scheduler.changeTime("stall", () -> time.advanceNanos(duration.toNanos()));
    }

    /**
     * Sets the wall clock forward or back; the monotonic clock stays.
     *
     * @param difference how much; negative to go back
     */
    public void jumpWall(Duration difference) {
        scheduler.changeTime("jump of the wall clock", () -> time.jumpWall(difference));
    }

    /**
     * Returns how much virtual time has passed; no step.
     *
     * @return the duration since the start of the run
     */
    public Duration elapsed() {
        return time.elapsed();
    }

    /**
     * Adds a number to the trace of the run, so that runs that differ in it have different hashes.
     *
     * @param value the number
     */
    public void note(long value) {
        scheduler.note(value);
    }

    /**
     * Adds a text to the trace of the run.
     *
     * @param text the text
     */
    public void note(String text) {
        scheduler.note(text.hashCode());
    }
}
