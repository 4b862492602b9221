/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.check;

import java.util.List;
import java.util.Locale;

/** Judges whether every accepted delivery has come to an end. */
public final class Completeness {
    /**
     * Judges.
     *
     * @param deliveries how many were accepted
     * @param lost how many of them never ended
     * @return passed if none was lost
     */
    public CheckResult judge(long deliveries, long lost) {
        List<String> findings = lost == 0 ? List.of() : List.of(lost + " deliveries were not brought to an end");
        return CheckResult.of("complete",
                String.format(Locale.ROOT, "%,d deliveries accepted, %d lost", deliveries, lost),
                findings);
    }
}
