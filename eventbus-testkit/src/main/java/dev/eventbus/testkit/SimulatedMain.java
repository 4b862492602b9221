/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

/**
 * Says what happens in a simulation; runs on its first thread.
 *
 * <p>Called once per run. What it throws ends the run and fails it.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface SimulatedMain {
    /**
     * Runs the scenario.
     *
     * @param world time, threads and randomness of this run
     * @throws Exception if the scenario failed
     */
    void run(World world) throws Exception;
}
