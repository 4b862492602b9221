/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.mutants;

/**
 * A payload that may be handled with success once for each key.
 *
 * @param key its idempotency key
 */
record Once(int key) {}
