/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.event;

import java.math.BigDecimal;
import java.util.List;

/**
 * One article of an invoice.
 *
 * @param stockCode the article
 * @param description its name, perhaps empty
 * @param quantity pieces; negative where they come back
 * @param unitPrice price of one piece in GBP, exact
 */
public record InvoiceLine(String stockCode, String description, int quantity, BigDecimal unitPrice) {
    /**
     * Returns what the line is worth.
     *
     * @return quantity times price, exact
     */
    public BigDecimal amount() {
        return unitPrice.multiply(BigDecimal.valueOf(quantity));
    }

    /**
     * Adds up lines.
     *
     * @param lines any number of them
     * @return their worth, exact; zero for none
     */
    public static BigDecimal total(List<InvoiceLine> lines) {
        return lines.stream().map(InvoiceLine::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
