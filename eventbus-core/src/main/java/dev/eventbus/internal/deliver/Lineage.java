/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deliver;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the events inherit that are published while one event is handled.
 *
 * <p>Holds ids and not the event, so that a chain of events does not keep its beginning in memory. Immutable.
 *
 * @param depth theirs
 * @param causationId id of the event that is handled
 * @param correlation its explicit correlation id, or null where {@code root} says it
 * @param root id of the event that the correlation began with
 */
public record Lineage(int depth, UUID causationId, @Nullable String correlation, UUID root) {
    String correlationId() {
        return correlation == null ? root.toString() : correlation;
    }
}
