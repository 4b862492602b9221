/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.stress;

/**
 * The payload of the events here.
 *
 * @param number number of the event, in the history where there is one
 * @param key key in keyed subscriptions
 * @param depth how many handlers it came through
 */
record Told(int number, int key, int depth) {
    static Told of(int number, int key) {
        return new Told(number, key, 0);
    }
}
