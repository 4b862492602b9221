/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.examples.revenue.event.InvoiceKind;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From fields to rows. */
@DisplayNameGeneration(ReplaceUnderscores.class)
final class RowParserTest {
    private final RowParser parser = new RowParser();

    @Test
    void reads_every_column() throws MalformedRowException {
        Row row = parser.parse(7,
                List.of("536365", "85123A", "HEART", "6", "2010-12-01 08:26:00", "2.55", "17850.0", "EIRE"));

        assertThat(row.line()).isEqualTo(7);
        assertThat(row.document().date()).isEqualTo(LocalDate.of(2010, 12, 1));
        assertThat(row.document().customer()).isEqualTo("17850");
        assertThat(row.document().country()).isEqualTo("EIRE");
        assertThat(row.item().amount()).isEqualTo(new BigDecimal("15.30"));
    }

    @ParameterizedTest
    @CsvSource({"1, INVOICE", "C1, CREDIT_NOTE", "A1, ADJUSTMENT"})
    void the_first_letter_is_the_kind(String number, InvoiceKind kind) throws MalformedRowException {
        assertThat(parser.parse(1, fields(Column.INVOICE_NO, number)).document().kind()).isEqualTo(kind);
    }

    @Test
    void no_customer_no_description_and_odd_amounts_are_no_errors() throws MalformedRowException {
        assertThat(parser.parse(1, fields(Column.CUSTOMER_ID, "")).document().customer()).isNull();
        assertThat(parser.parse(1, fields(Column.DESCRIPTION, "")).item().description()).isEmpty();
        assertThat(parser.parse(1, fields(Column.QUANTITY, "-80995")).item().amount()).isNegative();
        assertThat(parser.parse(1, fields(Column.UNIT_PRICE, "-11062.06")).item().amount()).isNegative();
        assertThat(parser.parse(1, fields(Column.UNIT_PRICE, "0.001")).item().unitPrice().scale()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            INVOICE_NO   | ''                  | InvoiceNo is empty
            INVOICE_NO   | B1                  | InvoiceNo 'B1' must be digits, or C or A and digits
            STOCK_CODE   | ''                  | StockCode is empty
            QUANTITY     | 6.5                 | Quantity '6.5' must be a whole number of at most 2147483647
            QUANTITY     | 99999999999         | Quantity '99999999999' must be a whole number of at most 2147483647
            INVOICE_DATE | 2010-02-30 08:26:00 | InvoiceDate '2010-02-30 08:26:00' must be a time such as 2010-12-01 08:26:00
            UNIT_PRICE   | 1e9                 | UnitPrice '1e9' must be a decimal number such as 2.55
            UNIT_PRICE   | ''                  | UnitPrice is empty
            CUSTOMER_ID  | 17850.5             | CustomerID '17850.5' must be digits or empty
            COUNTRY      | ' '                 | Country is empty
            """)
    void a_bad_field_is_named_with_its_rule(Column column, String value, String reason) {
        assertThatThrownBy(() -> parser.parse(1, fields(column, value))).hasMessage(reason);
    }

    @Test
    void fields_are_bounded_and_what_is_printed_must_be_printable() {
        assertThatThrownBy(() -> parser.parse(1, fields(Column.COUNTRY, "x".repeat(61))))
                .hasMessage("Country has 61 characters, more than 60");
        assertThatThrownBy(() -> parser.parse(1, fields(Column.COUNTRY, "\u001b[31mEIRE")))
                .hasMessage("Country holds characters that cannot be printed");
    }

    @Test
    void the_number_of_columns_must_be_right() {
        assertThatThrownBy(() -> parser.parse(1, List.of("1", "2"))).hasMessage("has 2 columns instead of 8");
    }

    private static List<String> fields(Column column, String value) {
        String[] fields = {"1", "10001", "FRAME", "2", "2025-01-31 10:00:00", "7.95", "20001.0", "France"};
        fields[column.index()] = value;
        return List.of(fields);
    }
}
