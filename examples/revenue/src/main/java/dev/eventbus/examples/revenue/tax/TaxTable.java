/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.tax;

import java.math.BigDecimal;
import java.util.Map;

/** The rates of a shop in the United Kingdom, as an example and no tax law: 20 % at home, none elsewhere. Immutable. */
public final class TaxTable implements TaxRates {
    private final Map<String, BigDecimal> rates = Map.of("United Kingdom", new BigDecimal("0.20"));

    @Override
    public BigDecimal rateOf(String country) {
        return rates.getOrDefault(country, BigDecimal.ZERO);
    }
}
