/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import java.util.Arrays;

/**
 * Numbers the lanes of a subscription, and keeps one event for each. Not thread-safe.
 *
 * <p>Open addressing on bare numbers: there may be as many lanes as events.
 */
final class Lanes {
    /** No event. */
    static final int NONE = -1;

    private static final int SPREAD = 0x9E37_79B9;

    private int[] keys = new int[16];
    private int[] numbers = new int[16]; // by slot; 0 when free, else the number of the lane plus one
    private int[] events = new int[8]; // by number
    private int[] running = new int[8]; // by number
    private int size;

    /** Returns the number of a lane, from 0. */
    int number(int lane) {
        if (size * 2 >= keys.length) {
            rehash();
        }
        int slot = slot(lane);
        if (numbers[slot] == 0) {
            keys[slot] = lane;
            numbers[slot] = ++size;
            admit(size - 1);
        }
        return numbers[slot] - 1;
    }

    int event(int number) {
        return events[number];
    }

    void set(int number, int event) {
        events[number] = event;
    }

    /** Changes how many attempts of a lane are running and returns how many were. */
    int run(int number, int change) {
        int before = running[number];
        running[number] = Math.max(0, before + change);
        return before;
    }

    private void admit(int number) {
        if (number == events.length) {
            events = Arrays.copyOf(events, number * 2);
            running = Arrays.copyOf(running, number * 2);
        }
        events[number] = NONE;
    }

    private int slot(int lane) {
        int slot = ((lane * SPREAD) >>> 1) & (keys.length - 1);
        while (numbers[slot] != 0 && keys[slot] != lane) {
            slot = (slot + 1) & (keys.length - 1);
        }
        return slot;
    }

    private void rehash() {
        int[] oldKeys = keys;
        int[] oldNumbers = numbers;
        keys = new int[oldKeys.length * 2];
        numbers = new int[oldKeys.length * 2];
        for (int old = 0; old < oldKeys.length; old++) {
            if (oldNumbers[old] != 0) {
                int slot = slot(oldKeys[old]);
                keys[slot] = oldKeys[old];
                numbers[slot] = oldNumbers[old];
            }
        }
    }
}
