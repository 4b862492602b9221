/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.replay;

import dev.eventbus.event.Metadata;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** Remembers the ids of events, and which of them others name as their cause. Not thread-safe. */
final class Causes {
    private final Set<UUID> known = new HashSet<>();
    private final Set<UUID> awaited = new HashSet<>(); // an effect may stand before its cause

    /** Returns false for an event that came before. */
    boolean add(Metadata event) {
        awaited.remove(event.id());
        UUID cause = event.causationId();
        boolean first = known.add(event.id());
        if (cause != null && !known.contains(cause)) {
            awaited.add(cause);
        }
        return first;
    }

    int events() {
        return known.size();
    }

    Set<UUID> missing() {
        return awaited;
    }
}
