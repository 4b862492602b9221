/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.replay;

import dev.eventbus.examples.revenue.app.check.CheckResult;
import dev.eventbus.examples.revenue.app.check.Figures;
import dev.eventbus.examples.revenue.app.check.MonthlyRevenue;
import java.util.List;

/**
 * What a replay came to. Immutable.
 *
 * @param file name of the file
 * @param dispatch which threads delivered, {@code virtual} or {@code sync}
 * @param events events in the file, repeated ones included
 * @param accounts accounts that were rebuilt
 * @param duplicates deliveries that the bus recognised as handled before
 * @param deadLetters events that could not be booked
 * @param rebuilt what the rebuilt books say
 * @param announced what the events of the file say
 * @param checks what was compared
 */
public record ReplayReport(String file, String dispatch, long events, long accounts, long duplicates, int deadLetters,
        MonthlyRevenue rebuilt, Figures announced, List<CheckResult> checks) {
    /** Creates a report. */
    public ReplayReport {
        checks = List.copyOf(checks);
    }

    /**
     * Tells whether the file holds everything, and all of it agrees.
     *
     * @return false if a check failed
     */
    public boolean passed() {
        return checks.stream().allMatch(CheckResult::passed);
    }
}
