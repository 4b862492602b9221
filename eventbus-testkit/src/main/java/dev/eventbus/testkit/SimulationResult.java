/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import java.time.Duration;
import java.util.List;

/**
 * What a run of a {@link Simulation} came to. Immutable.
 *
 * @param seed the seed
 * @param steps how often the runtime could choose who goes on
 * @param switches how often it chose another thread
 * @param traceHash a hash over thread and place of each step and over all notes; the same whenever the seed and the program
 *            are the same
 * @param elapsed virtual time that passed
 * @param uncaught what threads threw as {@link Simulation#expectUncaught expected}, in order
 * @since 0.1
 */
public record SimulationResult(long seed, long steps, long switches, long traceHash, Duration elapsed,
        List<Throwable> uncaught) {
    /** Keeps a copy of the list. */
    public SimulationResult {
        uncaught = List.copyOf(uncaught);
    }
}
