/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.benchmarks;

import java.util.Arrays;

/**
 * Ratios of the rounds of one comparison, from low to high.
 *
 * <p>Immutable.
 */
final class Ratios {
    private final double[] sorted;

    Ratios(double[] ratios) {
        sorted = ratios.clone();
        Arrays.sort(sorted);
    }

    double median() {
        return at(0.5);
    }

    /** The value that a part of the rounds stays below, the nearest there is. */
    double at(double part) {
        return sorted[(int) Math.round(part * (sorted.length - 1))];
    }
}
