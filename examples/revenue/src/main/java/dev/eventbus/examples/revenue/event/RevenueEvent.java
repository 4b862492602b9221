/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.event;

import java.math.BigDecimal;
import java.util.List;

/**
 * What the books say anew.
 *
 * <p>What an invoice is worth is either earned, and then it is revenue of a month, or deferred until it is. An event says how
 * both changed; all events of an invoice together say how it stands.
 */
public sealed interface RevenueEvent permits RevenueRecognized, RevenueDeferred, RevenueAdjusted, RevenueReversed {
    /**
     * Returns the invoice that it follows from.
     *
     * @return head of the invoice
     */
    Document document();

    /**
     * Returns how revenue changed, month by month.
     *
     * @return in order of the months, each once; empty if no revenue changed
     */
    List<MonthlyAmount> months();

    /**
     * Returns by how much changed what is to be earned later.
     *
     * @return GBP, exact; negative when some of it was earned or taken back
     */
    BigDecimal deferred();

    /**
     * Returns by how much revenue changed.
     *
     * @return sum of all months, GBP, exact
     */
    default BigDecimal amount() {
        return months().stream().map(MonthlyAmount::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
