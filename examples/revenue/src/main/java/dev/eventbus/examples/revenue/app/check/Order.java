/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.check;

import java.util.List;
import java.util.Locale;

/** Judges whether the events of each invoice were handled in the order in which they were published. */
public final class Order {
    /**
     * Judges.
     *
     * @param handled how many deliveries of events of invoices were handled
     * @param missed how many of them were handled before or after their turn
     * @return passed if none was
     */
    public CheckResult judge(long handled, long missed) {
        List<String> findings = missed == 0 ? List.of() : List.of(missed + " deliveries missed their turn");
        return CheckResult.of("ordered",
                String.format(Locale.ROOT, "%,d deliveries handled in the order of their invoices", handled - missed),
                findings);
    }
}
