/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import java.util.Arrays;

/** The threads that could run, the one with the baton among them. Confined to the thread that has the baton. */
final class Runnables {
    private SimulatedThread[] threads = new SimulatedThread[16];
    private int size;

    void add(SimulatedThread thread) {
        if (size == threads.length) {
            threads = Arrays.copyOf(threads, size * 2);
        }
        thread.slot = size;
        threads[size++] = thread;
    }

    void remove(SimulatedThread thread) {
        SimulatedThread last = threads[--size];
        threads[thread.slot] = last;
        last.slot = thread.slot;
        thread.slot = -1;
    }

    SimulatedThread get(int slot) {
        return threads[slot];
    }

    int size() {
        return size;
    }
}
