/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.scenario;

/**
 * Calls the code under test, for instance a service that publishes.
 *
 * <p>Runs once, in the thread of the test.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface TestedCall {
    /**
     * Calls it.
     *
     * @throws Exception to be expected by {@link Expectation#rejected}; else the scenario fails
     */
    void run() throws Exception;
}
