/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app;

import dev.eventbus.examples.revenue.app.fault.Plant;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is to go wrong in a run. Immutable.
 *
 * @param failures share of saves that fail, 0 for none
 * @param duplicates share of invoice events that are published twice, 0 for none
 * @param outage how long the tax service is down, zero for never
 * @param poison number of an invoice that cannot be booked until the input has been read, or null
 * @param plant a fault for the checks to find, or null
 */
record Faults(double failures, double duplicates, Duration outage, @Nullable String poison, @Nullable Plant plant) {
    static Faults none() {
        return new Faults(0, 0, Duration.ZERO, null, null);
    }

    // Waits are no measure of speed.
    boolean slowDown() {
        return failures > 0 || outage.isPositive();
    }
}
