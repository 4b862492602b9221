/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app;

import dev.eventbus.examples.revenue.app.fault.Plant;
import java.nio.file.Path;
import java.time.Duration;
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
 * @param outage how long the tax service is down, zero for never
 * @param poison number of an invoice that cannot be booked until the input has been read, or null
 * @param plant a fault for the checks to find, or null
 */
record Settings(@Nullable Path input, @Nullable Path json, DispatchMode dispatch, int clients, double failures,
        double duplicates, Duration outage, @Nullable String poison, @Nullable Plant plant) {
    // Has an update and a payment, which are parked behind its creation.
    private static final String REHEARSED_POISON = "900009";

    // Waits are no measure of speed.
    boolean injectsFailures() {
        return failures > 0 || outage.isPositive();
    }

    // As the bundled input is run by itself.
    Settings forWarmUp() {
        return new Settings(null, null, dispatch, clients, 0, 0, Duration.ZERO, null, null);
    }

    // Real input, and whatever is to be measured or proven, is left alone.
    boolean isRehearsed() {
        return input == null && !injectsFailures() && plant == null;
    }

    @Nullable String poisoned() {
        return poison == null && isRehearsed() ? REHEARSED_POISON : poison;
    }
}
