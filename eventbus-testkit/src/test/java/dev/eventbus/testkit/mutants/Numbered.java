/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.mutants;

/**
 * A payload that the history knows.
 *
 * @param number number of the event in the history
 * @param key key in the keyed subscription
 * @param depth how many handlers it came through
 */
record Numbered(int number, int key, int depth) {}
