/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import dev.eventbus.spi.Clocks;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A simulation whose first thread is one of a test, which was there before and goes on afterwards.
 *
 * <p>The thread of the test runs until it waits for something, or lets the others run; so a test reads from top to
 * bottom. For one thread at a time.
 */
final class AdoptedRun {
    private static final Duration MAX_JUMP = Duration.ofDays(300); // the engine's own waits without end are longer
    private static final Duration REAL_TIMEOUT = Duration.ofSeconds(30);
    private static final long MAX_STEPS = 100_000_000;

    private final VirtualTime time = new VirtualTime();
    private final Progress progress = new Progress();
    private final Uncaught uncaught;
    private final Scheduler scheduler;
    private final World world;

    /**
     * Begins with the calling thread.
     *
     * @param seed says who goes on, or null: threads go on in the order of their starts, and only where one waits
     * @param trace takes a line per step, or null
     */
    AdoptedRun(@Nullable Long seed, @Nullable Consumer<? super String> trace) {
        long number = seed == null ? 0 : seed;
        uncaught = new Uncaught(number, thrown -> false);
        scheduler = new Scheduler(new SimulationSettings(number, seed == null, 0, MAX_STEPS, MAX_JUMP, REAL_TIMEOUT,
                thrown -> false, trace), time, progress, uncaught);
        world = new World(scheduler, time, number);
        time.runs(this::advance);
        scheduler.adopt();
    }

    World world() {
        return world;
    }

    /** Clocks that refuse threads which are not of the run, before they change anything. */
    Clocks clocks() {
        return new SimulatedClocks(scheduler::markOwn, time);
    }

    VirtualTime time() {
        return time;
    }

    long traceHash() {
        return scheduler.traceHash();
    }

    /** Makes the calling thread the thread of the test: frameworks may run parts of a test in different ones. */
    void adopt() {
        scheduler.adopt();
    }

    /** Tells whether the calling thread may go on with it: it has neither ended nor failed. */
    boolean isRunning() {
        return scheduler.isRunning();
    }

    /** Tells whether the run has failed; the thread of the test was told then. */
    boolean hasFailed() {
        return scheduler.failure() != null;
    }

    /** Lets the others run until each has ended or waits for a moment to come. */
    void runUntilIdle() {
        requireTest("runUntilIdle");
        uninterrupted(world::awaitIdle);
    }

    /** Lets time pass, and everything run that is due on the way and at the end. */
    void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("duration must be >= 0, was " + duration);
        }
        requireTest("advance");
        uninterrupted(() -> {
            world.sleep(duration);
            world.awaitIdle();
        });
    }

    private void requireTest(String call) {
        if (scheduler.isRunning() && !scheduler.isAdopted()) {
            throw new IllegalStateException(call + " was called in a handler, which runs because the test lets it;"
                    + " call it in the test, or sleep");
        }
    }

    /** Lets those end that are about to, throws out the others, and throws what the test was not told yet. */
    void end() {
        boolean told = hasFailed();
        try {
            if (scheduler.isRunning()) {
                runUntilIdle();
            }
        } finally {
            scheduler.end();
            if (told) {
                progress.awaitEndBriefly(); // a thread that is blocked for good stays behind
            } else {
                awaitEnd();
            }
        }
        if (!told) {
            uncaught.throwIfFailed(scheduler.failure());
        }
    }

    private void awaitEnd() {
        try {
            if (!progress.awaitEnd(REAL_TIMEOUT)) {
                throw new SimulationBlockedException(world.seed(), "threads of the bus do not end", scheduler.dump());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void uninterrupted(Wait wait) {
        try {
            wait.run();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the thread of the test was interrupted while it let the bus run",
                    interrupted);
        }
    }

    @FunctionalInterface
    private interface Wait {
        void run() throws InterruptedException;
    }
}
