/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deliver;

import java.time.Duration;

/**
 * How a subscription gathers events for one call. Immutable.
 *
 * @param max most events in one call
 * @param maxWait longest time that the first of them waits for others
 */
public record Batching(int max, Duration maxWait) {}
