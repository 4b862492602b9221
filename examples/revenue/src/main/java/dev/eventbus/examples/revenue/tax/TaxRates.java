/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.tax;

import java.math.BigDecimal;

/** Knows the tax rate of each country. Thread-safe. */
@FunctionalInterface
public interface TaxRates {
    /**
     * Looks a rate up.
     *
     * @param country name of the customer's country
     * @return share of the amount, 0 for none
     * @throws TaxServiceDownException if there is no answer
     */
    BigDecimal rateOf(String country);
}
