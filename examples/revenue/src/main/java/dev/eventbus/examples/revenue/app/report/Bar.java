/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.report;

import java.math.BigDecimal;
import java.math.MathContext;

/** Draws shares of a greatest value, to an eighth of a character. Immutable. */
final class Bar {
    private static final String EIGHTHS = " ▏▎▍▌▋▊▉";
    private static final int PARTS = 8;

    private final BigDecimal greatest;
    private final int width;

    Bar(BigDecimal greatest, int width) {
        this.greatest = greatest;
        this.width = width;
    }

    String of(BigDecimal value) {
        if (greatest.signum() <= 0 || value.signum() <= 0) {
            return "";
        }
        double share = value.divide(greatest, MathContext.DECIMAL32).doubleValue();
        int eighths = (int) Math.round(Math.min(share, 1) * width * PARTS);
        String whole = "█".repeat(eighths / PARTS);
        return eighths % PARTS == 0 ? whole : whole + EIGHTHS.charAt(eighths % PARTS);
    }
}
