/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.event;

import dev.eventbus.publish.Validation;
import java.math.BigDecimal;

/**
 * How long and how fine an amount may be, so that no sum or text of it takes more memory than its digits: {@code 1E1000000000}
 * is short to write and long to add up. Stateless.
 */
final class Amounts {
    private static final int MOST_DIGITS = 18;
    private static final int MOST_SCALE = 12;
    private static final String SCALED = "a scale from -" + MOST_SCALE + " to " + MOST_SCALE;

    private Amounts() {
    }

    /** Requires what comes from outside to be short. */
    static void requireShort(Validation<?> event, String path, BigDecimal amount) {
        event.require(path, isShort(amount), "must have at most " + MOST_DIGITS + " digits and " + SCALED);
    }

    /** Requires what was added up of short amounts, so may have more digits than those, to be no finer. */
    static void requireScaled(Validation<?> event, String path, BigDecimal amount) {
        event.require(path, isScaled(amount), "must have " + SCALED);
    }

    static boolean isShort(BigDecimal amount) {
        return amount.precision() <= MOST_DIGITS && isScaled(amount);
    }

    private static boolean isScaled(BigDecimal amount) {
        return amount.scale() >= -MOST_SCALE && amount.scale() <= MOST_SCALE;
    }
}
