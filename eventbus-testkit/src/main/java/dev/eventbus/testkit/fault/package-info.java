/*
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Faults for tests: {@link dev.eventbus.testkit.fault.Fault} makes chosen calls of a handler, a publisher or a dead letter
 * store go wrong, the same ones in every run.
 */
@org.jspecify.annotations.NullMarked
package dev.eventbus.testkit.fault;
