/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.simulation;

/**
 * The payload of the simulated events.
 *
 * @param number number of the event in the history
 * @param key key in the keyed subscription
 * @param depth how many handlers it came through
 */
record Told(int number, int key, int depth) {}
