/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.revenue;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is left of what was billed. */
@DisplayNameGeneration(ReplaceUnderscores.class)
final class WorthTest {
    @ParameterizedTest
    @CsvSource({"10.00, 0, 10.00", "10.00, 2.5, 7.50", "10.00, 10, 0.00", "10.00, 10.01, 0.00", "2.505, 0, 2.505",
            "-3.00, 0, -3.00", "-3.00, 1, -3.00", "0.00, 1, 0.00"})
    void a_refund_takes_back_what_was_sold_and_no_more(String billed, String refunded, String left) {
        Worth worth = Worth.NOTHING.bill(new BigDecimal(billed)).refund(new BigDecimal(refunded));

        assertThat(worth.left()).isEqualByComparingTo(left);
        assertThat(worth.close().left()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"10.00, 15.00, 20.00, 15.00", "10.00, 15.00, 2.00, 0.00", "10.00, 4.00, -10.00, 0.00"})
    void what_was_given_back_beyond_it_is_taken_from_what_is_billed_later(String billed, String refunded, String more,
            String left) {
        Worth worth = Worth.NOTHING.bill(new BigDecimal(billed)).refund(new BigDecimal(refunded));

        assertThat(worth.bill(new BigDecimal(more)).left()).isEqualByComparingTo(left);
    }
}
