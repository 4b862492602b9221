/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.watch;

import static dev.eventbus.examples.revenue.Invoices.invoice;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.examples.revenue.event.InvoiceEvent;
import dev.eventbus.examples.revenue.event.InvoicePaid;
import dev.eventbus.testkit.TestEventBus;
import dev.eventbus.testkit.TestEventBusBuilder;
import dev.eventbus.testkit.junit.EventBusSetup;
import dev.eventbus.testkit.junit.EventBusTest;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who was handled in its turn. */
@EventBusTest
@DisplayNameGeneration(ReplaceUnderscores.class)
final class TurnsTest implements EventBusSetup {
    private final Turns turns = new Turns("revenue");

    @Override
    public void setUp(TestEventBusBuilder builder) {
        builder.configure(b -> b.observe(turns));
    }

    @ParameterizedTest
    @CsvSource({"1 2 3, 0", "2, 1", "1 3, 1", "1 3 2, 2", "1 1 2, 1"})
    void counts_what_does_not_follow_from_what_was_handled_before(String revisions, int missed, TestEventBus bus) {
        bus.subscribe(InvoiceEvent.class, "revenue", event -> {});

        Arrays.stream(revisions.split(" "))
                .forEach(revision -> bus.publish(new InvoicePaid(invoice("1"), Integer.parseInt(revision))));
        bus.publish(new InvoicePaid(invoice("2"), 1));
        bus.awaitIdle();

        assertThat(turns.missed()).isEqualTo(missed);
        assertThat(turns.handled()).isEqualTo(revisions.split(" ").length + 1);
    }
}
