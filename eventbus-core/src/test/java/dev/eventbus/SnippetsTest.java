/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The samples of the Javadoc. */
class SnippetsTest {
    record InvoicePaid(String invoiceId, BigDecimal amount) {
    }

    @Test
    void first() {
        List<BigDecimal> revenue = new ArrayList<>();
        // @start region="first"
        try (EventBus bus = EventBus.create("billing")) {
            bus.subscribe(InvoicePaid.class, "revenue", paid -> revenue.add(paid.amount()));
            bus.publish(new InvoicePaid("INV-1", new BigDecimal("99.00")));
        }
        // @end
        assertThat(revenue).containsExactly(new BigDecimal("99.00"));
    }
}
