/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What happened, in one order: the place of a fact in the log is its stamp.
 *
 * <p>A fact is an event and a {@link FactCode code}, in six bytes. One counter gives out the places, so facts of different
 * threads stand in an order that agrees with what they saw of each other. Thread-safe for writers; readers come when the
 * writers have ended.
 */
final class FactLog {
    private static final int CHUNK_BITS = 12;
    private static final int IN_CHUNK = (1 << CHUNK_BITS) - 1;

    private final AtomicLong next = new AtomicLong();
    private final Chunks<Chunk> chunks = new Chunks<>(Chunk::new);

    void add(int event, int code) {
        long place = next.getAndIncrement();
        if (place >= Integer.MAX_VALUE) {
            throw new IllegalStateException("history is full: facts=" + place + "; check it and begin another one");
        }
        int stamp = (int) place;
        Chunk chunk = chunks.reach(stamp >>> CHUNK_BITS);
        chunk.events[stamp & IN_CHUNK] = event;
        chunk.codes[stamp & IN_CHUNK] = (short) code;
    }

    int size() {
        return (int) Math.min(next.get(), Integer.MAX_VALUE);
    }

    /** Shows all facts in their order. */
    void forEach(Reader reader) {
        int size = size();
        for (int first = 0; first < size; first += IN_CHUNK + 1) {
            Chunk chunk = chunks.reach(first >>> CHUNK_BITS);
            int last = Math.min(IN_CHUNK, size - 1 - first);
            for (int i = 0; i <= last; i++) {
                reader.fact(first + i, chunk.events[i], written(chunk.codes[i]));
            }
        }
    }

    private static int written(short code) {
        if (code == 0) {
            throw new IllegalStateException("history is still being written; check it when all threads have ended");
        }
        return code;
    }

    /** Takes facts. */
    interface Reader {
        void fact(int stamp, int event, int code);
    }

    private static final class Chunk {
        final int[] events = new int[IN_CHUNK + 1];
        final short[] codes = new short[IN_CHUNK + 1];
    }
}
