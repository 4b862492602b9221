/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/**
 * An amount as text: with pence, and with further digits only where it has any. Immutable.
 *
 * @param amount the exact amount
 */
record Gbp(BigDecimal amount) {
    private static final int PENCE = 2;

    String plain() {
        int scale = Math.max(PENCE, amount.stripTrailingZeros().scale());
        return amount.setScale(scale, RoundingMode.UNNECESSARY).toPlainString();
    }

    String grouped() {
        return new DecimalFormat("#,##0.00######", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(amount);
    }
}
