/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.scenario;

import dev.eventbus.publish.PublishOptions;
import dev.eventbus.testkit.CheckReturnValue;

/**
 * What is done in a scenario. Immutable.
 *
 * @since 0.1
 */
public sealed interface Action permits Publication, Call {
    /**
     * Publishes an event to the bus of the scenario.
     *
     * @param payload what to publish
     * @return the action
     */
    @CheckReturnValue
    static Action publish(Object payload) {
        return publish(payload, PublishOptions.options());
    }

    /**
     * Publishes an event with explicit metadata to the bus of the scenario.
     *
     * @param payload what to publish
     * @param options metadata that wins over what the bus would give
     * @return the action
     */
    @CheckReturnValue
    static Action publish(Object payload, PublishOptions options) {
        return new Publication(payload, options);
    }

    /**
     * Calls the code under test.
     *
     * @param call calls it
     * @return the action
     */
    @CheckReturnValue
    static Action call(TestedCall call) {
        return new Call(call);
    }
}
