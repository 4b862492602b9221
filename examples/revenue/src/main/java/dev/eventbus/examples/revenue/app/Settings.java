/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app;

import dev.eventbus.examples.revenue.app.fault.Plant;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the user asked for. Immutable.
 *
 * @param input file to read, or null for the small one that comes with the program
 * @param json where the report goes as JSON too, or null
 * @param dispatch which threads deliver
 * @param clients most operations under way at once, at least 1
 * @param failures share of saves that fail, 0 for none
 * @param duplicates share of invoice events that are published twice, 0 for none
 * @param plant a fault for the checks to find, or null
 */
record Settings(@Nullable Path input, @Nullable Path json, DispatchMode dispatch, int clients, double failures,
        double duplicates, @Nullable Plant plant) {
    boolean injectsFailures() {
        return failures > 0;
    }

    // As the bundled input is run by itself.
    Settings forWarmUp() {
        return new Settings(null, null, dispatch, clients, 0, 0, null);
    }

    // Real input, and whatever is to be measured or proven, is left alone.
    boolean isRehearsed() {
        return input == null && failures == 0 && plant == null;
    }
}
