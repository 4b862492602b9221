/*
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Tests of a bus that never sleep: {@link dev.eventbus.testkit.Simulation} runs its threads one at a time in an order
 * drawn from a seed, on {@link dev.eventbus.testkit.VirtualTime}; {@link dev.eventbus.testkit.History} records what
 * happened, there or on real threads, and {@link dev.eventbus.testkit.HistoryChecker} finds what should not have.
 */
@NullMarked
package dev.eventbus.testkit;

import org.jspecify.annotations.NullMarked;
