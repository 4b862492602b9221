/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deadletter;

import dev.eventbus.deadletter.Sequence;
import dev.eventbus.internal.check.Printable;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Those who wait for room in a full sequence.
 *
 * <p>As many as keys that are held, and so bounded by their buffers; equal ones count once. Thread-safe.
 */
final class RoomBells {
    private static final Logger LOG = LoggerFactory.getLogger("dev.eventbus");

    private final ConcurrentMap<Sequence, Set<Runnable>> waiting = new ConcurrentHashMap<>();

    void add(Sequence sequence, Runnable bell) {
        waiting.compute(sequence, (unused, before) -> {
            Set<Runnable> bells = before == null ? new LinkedHashSet<>() : before;
            bells.add(bell); // a set that is in the map changes under the map's lock alone
            return bells;
        });
    }

    /** A letter of the sequence was removed. */
    void ring(Sequence sequence) {
        Set<Runnable> bells = waiting.remove(sequence);
        if (bells != null) {
            bells.forEach(RoomBells::ring);
        }
    }

    private static void ring(Runnable bell) {
        try {
            bell.run();
        } catch (Throwable broken) { // of a runtime: the others must be told all the same
            LOG.error("a key that waits for room in its sequence could not be woken: {}; mend the runtime",
                    Printable.describe(broken));
        }
    }
}
