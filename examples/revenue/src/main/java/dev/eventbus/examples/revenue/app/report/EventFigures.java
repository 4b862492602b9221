/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.report;

import java.util.SortedMap;

/**
 * What went over the bus. Immutable.
 *
 * @param published events accepted
 * @param byType events accepted of each type
 * @param handled deliveries handled
 * @param retries attempts that were not the first
 * @param duplicates deliveries that the bus recognised as handled before
 * @param circuitOpenings how often the circuit breaker of the tax service opened
 * @param deadLetters letters that are left
 * @param lost deliveries without an end
 */
public record EventFigures(long published, SortedMap<String, Long> byType, long handled, long retries, long duplicates,
        long circuitOpenings, int deadLetters, long lost) {}
