/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.check;

import dev.eventbus.examples.revenue.app.watch.Percentiles;
import java.util.List;
import java.util.Locale;

/** Judges the time from publish to the return of the handler. */
public final class Speed {
    private static final long LIMIT_MICROS = 100_000;
    private static final double MICROS_PER_MILLI = 1_000;

    private final boolean judged;

    /**
     * Creates the check.
     *
     * @param judged false while failures are injected, whose waits count too
     */
    public Speed(boolean judged) {
        this.judged = judged;
    }

    /**
     * Judges.
     *
     * @param measured the times
     * @return passed if 95 of 100 took less than 100 ms, or if not judged
     */
    public CheckResult judge(Percentiles measured) {
        String found = String.format(Locale.ROOT, "p95 %,.3f ms", measured.p95Micros() / MICROS_PER_MILLI);
        if (!judged) {
            return CheckResult.of("fast", "not judged while failures are injected (" + found + ")", List.of());
        }
        boolean passed = measured.p95Micros() < LIMIT_MICROS;
        return CheckResult.of("fast", found + ", must be below 100 ms",
                passed ? List.of() : List.of("too slow: " + found));
    }
}
