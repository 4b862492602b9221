/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.revenue;

import java.math.BigDecimal;

/**
 * What an invoice is worth, and why. Immutable.
 *
 * @param billed sum of its lines, in GBP, exact
 * @param refunded what was given back of what had been paid, in GBP, exact, not negative
 * @param closed whether it was declared void or taken out
 */
public record Worth(BigDecimal billed, BigDecimal refunded, boolean closed) {
    static final Worth NOTHING = new Worth(BigDecimal.ZERO, BigDecimal.ZERO, false);

    Worth bill(BigDecimal more) {
        return new Worth(billed.add(more), refunded, closed);
    }

    Worth refund(BigDecimal more) {
        return new Worth(billed, refunded.add(more), closed);
    }

    Worth close() {
        return new Worth(billed, refunded, true);
    }

    /**
     * Returns what is left of it.
     *
     * <p>A refund takes back what was sold, and no more: it makes nothing negative, and a credit note not more so.
     *
     * @return zero if it is closed, in GBP, exact
     */
    public BigDecimal left() {
        if (closed) {
            return BigDecimal.ZERO;
        }
        return billed.subtract(refunded.min(billed.max(BigDecimal.ZERO)));
    }
}
