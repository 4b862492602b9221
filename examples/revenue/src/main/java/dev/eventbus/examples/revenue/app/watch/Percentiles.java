/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.watch;

/**
 * Times that half, 95 and 99 of 100 deliveries kept, in microseconds.
 *
 * @param p50Micros half of them
 * @param p95Micros 95 of 100
 * @param p99Micros 99 of 100
 */
public record Percentiles(long p50Micros, long p95Micros, long p99Micros) {}
