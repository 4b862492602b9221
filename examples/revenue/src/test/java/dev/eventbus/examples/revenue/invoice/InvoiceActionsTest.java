/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.invoice;

import static dev.eventbus.examples.revenue.Invoices.invoice;
import static dev.eventbus.examples.revenue.Invoices.line;
import static dev.eventbus.testkit.assertion.EventBusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.event.EventEnvelope;
import dev.eventbus.examples.revenue.event.InvoiceCreated;
import dev.eventbus.examples.revenue.event.InvoiceEvent;
import dev.eventbus.examples.revenue.event.InvoiceRules;
import dev.eventbus.examples.revenue.event.InvoiceUpdated;
import dev.eventbus.examples.revenue.operation.Action;
import dev.eventbus.examples.revenue.operation.InMemoryOperationLog;
import dev.eventbus.examples.revenue.operation.Operation;
import dev.eventbus.examples.revenue.operation.OperationLog;
import dev.eventbus.examples.revenue.operation.Operations;
import dev.eventbus.examples.revenue.operation.Result;
import dev.eventbus.testkit.RecordedEvent;
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

/** Commands in, results and events out. */
@EventBusTest
@DisplayNameGeneration(ReplaceUnderscores.class)
final class InvoiceActionsTest implements EventBusSetup {
    private final InvoiceRules rules = new InvoiceRules();
    private final InvoiceRepository repository = new InMemoryInvoiceRepository();
    private final OperationLog operations = new InMemoryOperationLog();
    private final AtomicInteger ids = new AtomicInteger();
    private RecordedEvents recorded;
    private InvoiceActions actions;

    @Override
    public void setUp(TestEventBusBuilder builder) {
        builder.configure(b -> b.validate(InvoiceEvent.class, rules::any).validate(InvoiceCreated.class, rules::created)
                .validate(InvoiceUpdated.class, rules::updated));
    }

    @BeforeEach
    void open(TestEventBus bus) {
        recorded = bus.recorded();
        actions = new InvoiceActions(new InvoiceService(repository, bus),
                new Operations(() -> "op-" + ids.incrementAndGet(), operations));
    }

    @Test
    void each_operation_is_the_correlation_of_its_event_and_known_to_the_log() {
        Result created = actions.create(invoice("1"), List.of(line(1, "2.00")));
        Result paid = actions.pay("1");

        assertThat(created).isEqualTo(new Result.Done(new Operation("op-1", Action.CREATE, "1", 1)));
        assertThat(paid).isEqualTo(new Result.Done(new Operation("op-2", Action.PAY, "1", 2)));
        assertThat(events()).extracting(event -> event.metadata().correlationId()).containsExactly("op-1", "op-2");
        assertThat(events()).extracting(event -> event.metadata().type()).containsExactly("InvoiceCreated",
                "InvoicePaid");
        assertThat(operations.find("op-2")).contains(new Operation("op-2", Action.PAY, "1", 2));
    }

    @Test
    void revisions_count_on_over_all_operations() {
        actions.create(invoice("1"), List.of(line(1, "2.00")));
        actions.update("1", List.of(line(2, "3.00")));
        actions.declareVoid("1");

        assertThat(events()).extracting(event -> event.payload().revision()).containsExactly(1, 2, 3);
        assertThat(events().get(1).payload()).isInstanceOfSatisfying(InvoiceUpdated.class,
                event -> assertThat(event.added()).containsExactly(line(2, "3.00")));
        assertThat(repository.find("1").orElseThrow().state()).isEqualTo(InvoiceState.VOIDED);
    }

    @Test
    void a_paid_invoice_can_be_updated_and_deleted_but_not_paid_again() {
        actions.create(invoice("1"), List.of(line(1, "2.00")));
        actions.pay("1");

        assertThat(reason(actions.pay("1"))).isEqualTo("Invoice '1' refused PAY: it is PAID");
        assertThat(actions.update("1", List.of(line(1, "1.00")))).isInstanceOf(Result.Done.class);
        assertThat(actions.delete("1")).isInstanceOf(Result.Done.class);
        assertThat(reason(actions.update("1", List.of(line(1, "1.00")))))
                .isEqualTo("Invoice '1' refused UPDATE: it is DELETED");
    }

    @Test
    void what_does_not_fit_is_refused_and_published_to_nobody() {
        actions.create(invoice("1"), List.of(line(1, "2.00")));
        recorded.forget();

        assertThat(reason(actions.create(invoice("1"), List.of(line(1, "2.00"))))).contains("exists already");
        assertThat(reason(actions.pay("2"))).contains("'2' is unknown");
        assertThat(recorded).never(InvoiceEvent.class);
    }

    @Test
    void what_breaks_the_rules_is_refused_with_all_violations_and_not_kept() {
        Result refused = actions.create(invoice("X-1"), List.of());

        assertThat(reason(refused)).contains("document.number must be digits", "lines must not be empty");
        assertThat(repository.size()).isZero();
        assertThat(operations.find("op-1")).isEmpty();
        assertThat(recorded).never(InvoiceEvent.class);
    }

    @Test
    void an_update_without_lines_is_refused_and_leaves_the_invoice_as_it_was() {
        actions.create(invoice("1"), List.of(line(1, "2.00")));

        assertThat(reason(actions.update("1", List.of()))).contains("added must not be empty");
        assertThat(repository.find("1").orElseThrow().revision()).isEqualTo(1);
    }

    private List<EventEnvelope<InvoiceEvent>> events() {
        return recorded.of(InvoiceEvent.class).stream().map(RecordedEvent::event).toList();
    }

    private static String reason(Result result) {
        assertThat(result).isInstanceOf(Result.Refused.class);
        return ((Result.Refused) result).reason();
    }
}
