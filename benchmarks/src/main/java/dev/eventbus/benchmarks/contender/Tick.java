/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.benchmarks.contender;

/**
 * The event of the asynchronous benchmarks, allocated per publish as users do.
 *
 * <p>Immutable.
 *
 * @param index place in its batch, from 0
 * @param key one of 10,000
 */
public record Tick(int index, String key) {}
