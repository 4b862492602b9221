/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.deadletter;

import dev.eventbus.internal.check.Checks;
import org.jspecify.annotations.Nullable;

/**
 * Names the letters of a subscription that have to be redriven one after the other.
 *
 * <p>As long as it holds a letter it is parked: what comes later is parked behind it. Immutable.
 *
 * @param subscription name of the subscription
 * @param key key of the events in that subscription, as text; null where the subscription itself is the sequence, and for
 *     events without a key
 * @since 0.1
 */
public record Sequence(String subscription, @Nullable String key) {
    /** Creates a name. */
    public Sequence {
        Checks.name(subscription, "subscription");
    }
}
