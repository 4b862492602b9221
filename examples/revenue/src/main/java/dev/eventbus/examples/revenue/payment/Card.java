/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.payment;

/**
 * What a payer pays with; its text shows the last four digits at most. Immutable.
 *
 * @param number as it stands on the card
 */
public record Card(String number) {
    private static final int SHOWN = 4;

    boolean endsWith(String digits) {
        return number.endsWith(digits);
    }

    /** Masks the number. */
    @Override
    public String toString() {
        return number.length() > 2 * SHOWN ? "Card[..." + number.substring(number.length() - SHOWN) + "]" : "Card[...]";
    }
}
