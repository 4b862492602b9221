/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.watch;

import dev.eventbus.event.Metadata;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one published event: where it came from, and nothing of its payload. Immutable.
 *
 * @param place place among all events, from 1
 * @param id its id
 * @param type name of its type
 * @param correlationId operation that it belongs to
 * @param causationId event that led to it, or null
 * @param depth how many events led to it
 */
public record Note(long place, UUID id, String type, String correlationId, @Nullable UUID causationId, int depth) {
    static Note of(long place, Metadata event) {
        return new Note(place, event.id(), event.type(), event.correlationId(), event.causationId(), event.depth());
    }
}
