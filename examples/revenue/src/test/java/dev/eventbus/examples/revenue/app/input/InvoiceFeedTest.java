/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.examples.revenue.event.InvoiceEvent;
import dev.eventbus.examples.revenue.invoice.InMemoryInvoiceRepository;
import dev.eventbus.examples.revenue.invoice.InvoiceActions;
import dev.eventbus.examples.revenue.invoice.InvoiceRepository;
import dev.eventbus.examples.revenue.invoice.InvoiceService;
import dev.eventbus.examples.revenue.operation.InMemoryOperationLog;
import dev.eventbus.examples.revenue.operation.Operations;
import dev.eventbus.testkit.RecordedEvents;
import dev.eventbus.testkit.TestEventBus;
import dev.eventbus.testkit.TestEventBusBuilder;
import dev.eventbus.testkit.junit.EventBusSetup;
import dev.eventbus.testkit.junit.EventBusTest;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** From rows to commands, seen by their events. */
@EventBusTest
@DisplayNameGeneration(ReplaceUnderscores.class)
final class InvoiceFeedTest implements EventBusSetup {
    private static final String REFUSED = "9";

    private final InvoiceRepository repository = new InMemoryInvoiceRepository();
    private final AtomicInteger ids = new AtomicInteger();
    private final RejectedRows rejected = new RejectedRows();
    private final RowParser parser = new RowParser();
    private RecordedEvents recorded;
    private InvoiceFeed feed;

    @Override
    public void setUp(TestEventBusBuilder builder) {
        builder.configure(b -> b.validate(InvoiceEvent.class,
                event -> event.require("number", !event.payload().number().equals(REFUSED), "must not be 9")));
    }

    @BeforeEach
    void open(TestEventBus bus) {
        recorded = bus.recorded();
        feed = new InvoiceFeed(
                new InvoiceActions(new InvoiceService(repository, bus),
                        new Operations(() -> "op-" + ids.incrementAndGet(), new InMemoryOperationLog())),
                repository,
                rejected);
    }

    @Test
    void a_run_of_rows_is_one_invoice() throws MalformedRowException {
        feed("1 01", "1 01", "2 01");

        assertThat(events()).containsExactly("Created 1", "Created 2", "Paid 1", "Paid 2");
        assertThat(repository.find("1").orElseThrow().lines()).hasSize(2);
    }

    @Test
    void a_later_run_of_a_known_number_is_an_update() throws MalformedRowException {
        feed("1 01", "C2 01", "1 01", "1 01");

        assertThat(events()).containsExactly("Created 1", "Created C2", "Updated 1", "Paid 1");
        assertThat(repository.find("1").orElseThrow().lines()).hasSize(3);
    }

    @Test
    void an_update_of_another_day_counts_for_the_documents_own_date_and_is_not_paid_again()
            throws MalformedRowException {
        feed("1 01", "2 02", "1 02");

        assertThat(events()).containsExactly("Created 1", "Paid 1", "Created 2", "Updated 1", "Paid 2");
        assertThat(repository.find("1").orElseThrow().document().date()).hasDayOfMonth(1);
    }

    @Test
    void invoices_are_paid_at_the_end_of_their_day_and_other_documents_never() throws MalformedRowException {
        feed("1 01", "C2 01", "A3 01", "4 02");

        assertThat(events()).containsExactly("Created 1", "Created C2", "Created A3", "Paid 1", "Created 4", "Paid 4");
    }

    @Test
    void no_rows_are_no_commands() throws MalformedRowException {
        feed();

        assertThat(events()).isEmpty();
    }

    @Test
    void the_rows_of_a_refused_command_are_reported() throws MalformedRowException {
        feed(REFUSED + " 01", REFUSED + " 01");

        assertThat(rejected.kept()).extracting(RejectedRow::line).containsExactly(2L, 3L);
        assertThat(rejected.kept().getFirst().reason()).contains("number must not be 9");
    }

    private List<String> events() {
        return recorded.of(InvoiceEvent.class).stream().map(event -> event.event().metadata().type()
                .substring("Invoice".length()) + " " + event.payload().number()).toList();
    }

    private void feed(String... rows) throws MalformedRowException {
        for (int i = 0; i < rows.length; i++) {
            feed.accept(row(i + 2, rows[i]));
        }
        feed.end();
    }

    private Row row(long line, String numberAndDay) throws MalformedRowException {
        String[] parts = numberAndDay.split(" ", 2);
        return parser.parse(line, List.of(parts[0], "10001", "FRAME", "2", "2025-01-" + parts[1] + " 10:00:00", "7.95",
                "20001.0", "France"));
    }
}
