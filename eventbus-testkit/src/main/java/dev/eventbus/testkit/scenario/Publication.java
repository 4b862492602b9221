/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.scenario;

import dev.eventbus.publish.PublishOptions;

/** Publishes an event to the bus of the scenario. Immutable. */
record Publication(Object payload, PublishOptions options) implements Action {
    /** Names the type; the payload is the user's and is never printed. */
    @Override
    public String toString() {
        return "publish(" + payload.getClass().getSimpleName() + ")";
    }
}
