/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A list that grows by whole chunks and never moves one, so that writers need no lock. Thread-safe. */
final class Chunks<T> {
    private static final int MOST_AHEAD = 64;

    private final Supplier<T> maker;
    private volatile List<T> chunks = List.of(); // replaced under the lock of this, never changed

    Chunks(Supplier<T> maker) {
        this.maker = maker;
    }

    /** Returns a chunk, after making it and those before it if need be. */
    T reach(int index) {
        List<T> current = chunks;
        return index < current.size() ? current.get(index) : grow(index).get(index);
    }

    /** Returns whether a chunk is there. */
    boolean has(int index) {
        return index < chunks.size();
    }

    private synchronized List<T> grow(int index) {
        List<T> current = chunks;
        if (index >= current.size()) {
            List<T> grown = new ArrayList<>(current);
            // Ahead, so that the list is not copied for each; not far, as small histories are many and large ones large.
            int ahead = Math.min(current.size() / 8, MOST_AHEAD);
            while (grown.size() <= index + ahead) {
                grown.add(maker.get());
            }
            current = List.copyOf(grown);
            chunks = current;
        }
        return current;
    }
}
