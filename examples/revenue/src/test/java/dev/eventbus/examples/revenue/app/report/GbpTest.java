/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Amounts as text. */
@DisplayNameGeneration(ReplaceUnderscores.class)
final class GbpTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0           | 0.00        | 0.00
            5.1         | 5.10        | 5.10
            -1234.5     | -1234.50    | -1,234.50
            537808.621  | 537808.621  | 537,808.621
            683267.080  | 683267.08   | 683,267.08
            1E+3        | 1000.00     | 1,000.00
            """)
    void has_pence_and_further_digits_only_where_it_needs_them(BigDecimal amount, String plain, String grouped) {
        assertThat(new Gbp(amount).plain()).isEqualTo(plain);
        assertThat(new Gbp(amount).grouped()).isEqualTo(grouped);
    }
}
