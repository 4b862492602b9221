/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.EventBus;
import dev.eventbus.examples.revenue.invoice.InMemoryInvoiceRepository;
import dev.eventbus.examples.revenue.invoice.InvoiceActions;
import dev.eventbus.examples.revenue.invoice.InvoiceEvent;
import dev.eventbus.examples.revenue.invoice.InvoiceRepository;
import dev.eventbus.examples.revenue.invoice.InvoiceService;
import dev.eventbus.subscribe.Dispatch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** From rows to commands, seen by their events. */
@DisplayNameGeneration(ReplaceUnderscores.class)
final class InvoiceFeedTest {
    private final EventBus bus = EventBus.builder("test").dispatch(Dispatch.synchronous()).build();
    private final InvoiceRepository repository = new InMemoryInvoiceRepository();
    private final AtomicInteger ids = new AtomicInteger();
    private final RejectedRows rejected = new RejectedRows();
    private final InvoiceFeed feed = new InvoiceFeed(new InvoiceActions(new InvoiceService(repository, bus),
            () -> "op-" + ids.incrementAndGet()), repository, rejected);
    private final RowParser parser = new RowParser();
    private final List<String> events = new ArrayList<>();

    @BeforeEach
    void subscribe() {
        bus.subscribe("recorder", s -> s.onEvent(InvoiceEvent.class, delivery -> events
                .add(delivery.event().metadata().type().substring("Invoice".length()) + " "
                        + delivery.payload().number())));
    }

    @AfterEach
    void close() {
        bus.close();
    }

    @Test
    void a_run_of_rows_is_one_invoice() throws MalformedRowException {
        feed("1 01", "1 01", "2 01");

        assertThat(events).containsExactly("Created 1", "Created 2", "Paid 1", "Paid 2");
        assertThat(repository.find("1").orElseThrow().lines()).hasSize(2);
    }

    @Test
    void a_later_run_of_a_known_number_is_an_update() throws MalformedRowException {
        feed("1 01", "C2 01", "1 01", "1 01");

        assertThat(events).containsExactly("Created 1", "Created C2", "Updated 1", "Paid 1");
        assertThat(repository.find("1").orElseThrow().lines()).hasSize(3);
    }

    @Test
    void an_update_of_another_day_counts_for_the_documents_own_date_and_is_not_paid_again()
            throws MalformedRowException {
        feed("1 01", "2 02", "1 02");

        assertThat(events).containsExactly("Created 1", "Paid 1", "Created 2", "Updated 1", "Paid 2");
        assertThat(repository.find("1").orElseThrow().document().date()).hasDayOfMonth(1);
    }

    @Test
    void invoices_are_paid_at_the_end_of_their_day_and_other_documents_never() throws MalformedRowException {
        feed("1 01", "C2 01", "A3 01", "4 02");

        assertThat(events).containsExactly("Created 1", "Created C2", "Created A3", "Paid 1", "Created 4", "Paid 4");
    }

    @Test
    void no_rows_are_no_commands() throws MalformedRowException {
        feed();

        assertThat(events).isEmpty();
    }

    @Test
    void the_rows_of_a_refused_command_are_reported() throws MalformedRowException {
        bus.close();
        try (EventBus strict = EventBus.builder("strict").validate(InvoiceEvent.class,
                event -> event.require("number", !event.payload().number().equals("1"), "must not be 1")).build()) {
            InvoiceFeed refusing = new InvoiceFeed(
                    new InvoiceActions(new InvoiceService(repository, strict), () -> "op"),
                    repository, rejected);
            refusing.accept(row(2, "1 01"));
            refusing.accept(row(3, "1 01"));
            refusing.end();
        }

        assertThat(rejected.kept()).extracting(RejectedRow::line).containsExactly(2L, 3L);
        assertThat(rejected.kept().getFirst().reason()).contains("number must not be 1");
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
