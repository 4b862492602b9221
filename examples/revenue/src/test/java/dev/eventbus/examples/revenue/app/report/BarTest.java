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

/** Shares as bars. */
@DisplayNameGeneration(ReplaceUnderscores.class)
final class BarTest {
    @ParameterizedTest
    @CsvSource({"8, ████", "4, ██", "3, █▌", "1, ▌", "0, ''", "-5, ''"})
    void draws_the_share_to_an_eighth(BigDecimal value, String bar) {
        assertThat(new Bar(BigDecimal.valueOf(8), 4).of(value)).isEqualTo(bar);
        assertThat(new Bar(BigDecimal.ZERO, 4).of(value)).isEmpty();
    }
}
