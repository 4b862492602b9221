/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the user asked for. Immutable.
 *
 * @param input file to read, or null for what comes with the program: a small file and a scenario
 * @param replay file of events to rebuild revenue from instead, or null
 * @param outputs where what comes of it goes
 * @param dispatch which threads deliver
 * @param clients most operations under way at once, at least 1
 * @param faults what is to go wrong
 */
record Settings(@Nullable Path input, @Nullable Path replay, Outputs outputs, DispatchMode dispatch, int clients,
        Faults faults) {
    // Has an update and a payment, which are parked behind its creation.
    private static final String REHEARSED_POISON = "900009";

    // As the bundled input is run by itself.
    Settings forWarmUp() {
        return new Settings(null, null, Outputs.none(), dispatch, clients, Faults.none());
    }

    boolean isBundled() {
        return input == null;
    }

    // Real input, and whatever is to be measured or proven, is left alone.
    boolean isRehearsed() {
        return isBundled() && !faults.slowDown() && faults.plant() == null;
    }

    @Nullable String poisoned() {
        return faults.poison() == null && isRehearsed() ? REHEARSED_POISON : faults.poison();
    }
}
