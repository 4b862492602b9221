/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hashes the way of a run: which thread was where, step by step. Confined to the thread that has the baton. */
final class Trace {
    private static final long PRIME = 0x9E37_79B9_7F4A_7C15L;

    private final VirtualTime time;
    private final @Nullable Consumer<? super String> sink;
    private long hash;

    Trace(VirtualTime time, @Nullable Consumer<? super String> sink) {
        this.time = time;
        this.sink = sink;
    }

    void step(SimulatedThread thread, String place) {
        add(((long) thread.number << 32) ^ place.hashCode()); // of a string, not of an identity: the same in every run
        if (sink != null) {
            sink.accept(time.elapsed() + " " + thread + " " + place);
        }
    }

    void chosen(SimulatedThread next) {
        add(next.number);
    }

    void add(long value) {
        long mixed = (hash ^ value) * PRIME;
        hash = mixed ^ (mixed >>> 29);
    }

    long hash() {
        return hash;
    }
}
