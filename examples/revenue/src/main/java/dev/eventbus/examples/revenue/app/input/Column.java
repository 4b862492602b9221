/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.input;

import java.util.Arrays;
import java.util.List;

/** The columns of the Online Retail form, in their order, with the most characters of each. */
enum Column {
    /** Number of the invoice. */
    INVOICE_NO(0, "InvoiceNo", 21),
    /** The article. */
    STOCK_CODE(1, "StockCode", 40),
    /** Name of the article. */
    DESCRIPTION(2, "Description", 1_000),
    /** Pieces. */
    QUANTITY(3, "Quantity", 11),
    /** Day and time of the invoice. */
    INVOICE_DATE(4, "InvoiceDate", 19),
    /** Price of one piece. */
    UNIT_PRICE(5, "UnitPrice", 20),
    /** Who bought. */
    CUSTOMER_ID(6, "CustomerID", 24),
    /** Where from. */
    COUNTRY(7, "Country", 60);

    private final int index;
    private final String title;
    private final int maxLength;

    Column(int index, String title, int maxLength) {
        this.index = index;
        this.title = title;
        this.maxLength = maxLength;
    }

    static List<String> titles() {
        return Arrays.stream(values()).map(Column::title).toList();
    }

    String of(List<String> fields) {
        return fields.get(index);
    }

    int index() {
        return index;
    }

    String title() {
        return title;
    }

    int maxLength() {
        return maxLength;
    }
}
