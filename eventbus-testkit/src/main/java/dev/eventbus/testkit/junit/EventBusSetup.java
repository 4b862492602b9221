/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.junit;

import dev.eventbus.testkit.TestEventBusBuilder;

/**
 * Makes choices for the bus of a test; implemented by the test class.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface EventBusSetup {
    /**
     * Makes choices, once for each test, before its bus is built.
     *
     * @param builder takes them
     */
    void setUp(TestEventBusBuilder builder);
}
