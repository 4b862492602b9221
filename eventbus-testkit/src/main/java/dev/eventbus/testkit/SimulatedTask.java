/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

/**
 * Runs on a simulated thread of its own.
 *
 * <p>What it throws counts as uncaught: it fails the run unless {@link Simulation#expectUncaught expected}.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface SimulatedTask {
    /**
     * Runs the task.
     *
     * @throws Exception if it failed
     */
    void run() throws Exception;
}
