/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.fault;

import dev.eventbus.publish.Outcome;
import dev.eventbus.publish.Receipt;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The receipt of an event that never came to the bus. Immutable.
 *
 * @param eventId an id that nobody has
 */
record Unpublished(UUID eventId) implements Receipt {
    Unpublished() {
        this(new UUID(0, 0));
    }

    @Override
    public Map<String, Outcome> outcomes() {
        return Map.of();
    }

    @Override
    public Set<String> open() {
        return Set.of();
    }

    @Override
    public boolean isDone() {
        return true;
    }

    @Override
    public Receipt await(Duration timeout) {
        return this;
    }
}
