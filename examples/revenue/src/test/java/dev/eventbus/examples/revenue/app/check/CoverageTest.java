/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
final class CoverageTest {
    private static Map<String, Long> oneOfEach() {
        Map<String, Long> counts = new HashMap<>();
        Coverage.types().forEach(type -> counts.put(type, 1L));
        return counts;
    }

    @Test
    void knows_every_type_of_the_four_families_and_the_deadlines() {
        assertThat(Coverage.types()).hasSize(21).doesNotHaveDuplicates().contains("InvoiceOverdue", "RevenueDeferred",
                "CustomerUpdated", "PaymentFailed", "RecognitionDue");
    }

    @Test
    void one_of_each_is_enough() {
        CheckResult result = new Coverage().judge(oneOfEach(), true);

        assertThat(result.passed()).isTrue();
        assertThat(result.statement()).isEqualTo("21 of 21 types of events published");
    }

    @Test
    void finds_each_type_that_is_missing_or_zero() {
        for (String type : Coverage.types()) {
            Map<String, Long> counts = oneOfEach();
            counts.put(type, 0L);
            assertThat(new Coverage().judge(counts, true).findings()).containsExactly("no " + type + " was published");
            counts.remove(type);
            assertThat(new Coverage().judge(counts, true).passed()).isFalse();
        }
    }

    @Test
    void is_not_judged_without_the_scenario() {
        assertThat(new Coverage().judge(Map.of(), false).passed()).isTrue();
    }
}
