/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * What was said of each event when it was published, by its number.
 *
 * <p>Thread-safe for writers of different events; readers come when the writers have ended.
 */
final class EventTable {
    private static final int CHUNK_BITS = 10;
    private static final int IN_CHUNK = (1 << CHUNK_BITS) - 1;

    private final AtomicInteger next = new AtomicInteger();
    private final Chunks<Chunk> chunks = new Chunks<>(Chunk::new);

    int add(int publisher, int key, int parent) {
        int event = next.getAndIncrement();
        Chunk chunk = of(event);
        chunk.publishers[event & IN_CHUNK] = (short) publisher;
        chunk.keys[event & IN_CHUNK] = key;
        chunk.parents[event & IN_CHUNK] = parent;
        return event;
    }

    void expect(int event, long subscriptions) {
        of(event).expected[event & IN_CHUNK] = subscriptions;
    }

    int size() {
        return next.get();
    }

    boolean contains(int event) {
        return event >= 0 && event < next.get();
    }

    /** Returns the number of the publisher, of which 16 bits are kept. */
    int publisher(int event) {
        return of(event).publishers[event & IN_CHUNK] & 0xFFFF;
    }

    int key(int event) {
        return of(event).keys[event & IN_CHUNK];
    }

    /** Returns the event in whose handler this one was published, or {@link History#ROOT}. */
    int parent(int event) {
        return of(event).parents[event & IN_CHUNK];
    }

    /** Returns the subscriptions that an event was accepted for, one bit each. */
    long expected(int event) {
        return of(event).expected[event & IN_CHUNK];
    }

    private Chunk of(int event) {
        return chunks.reach(event >>> CHUNK_BITS);
    }

    private static final class Chunk {
        final short[] publishers = new short[IN_CHUNK + 1];
        final int[] keys = new int[IN_CHUNK + 1];
        final int[] parents = new int[IN_CHUNK + 1];
        final long[] expected = new long[IN_CHUNK + 1];
    }
}
