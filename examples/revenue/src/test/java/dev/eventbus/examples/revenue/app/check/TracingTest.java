/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.check;

import static dev.eventbus.examples.revenue.Invoices.invoice;
import static dev.eventbus.examples.revenue.Invoices.line;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.examples.revenue.app.watch.Journal;
import dev.eventbus.examples.revenue.event.Document;
import dev.eventbus.examples.revenue.event.InvoiceCreated;
import dev.eventbus.examples.revenue.event.InvoiceUpdated;
import dev.eventbus.examples.revenue.event.PaymentRefunded;
import dev.eventbus.examples.revenue.event.RecognitionDue;
import dev.eventbus.examples.revenue.event.ServicePeriod;
import dev.eventbus.examples.revenue.operation.Action;
import dev.eventbus.examples.revenue.operation.InMemoryOperationLog;
import dev.eventbus.examples.revenue.operation.Operation;
import dev.eventbus.examples.revenue.operation.OperationLog;
import dev.eventbus.examples.revenue.revenue.InMemoryRevenueRepository;
import dev.eventbus.examples.revenue.revenue.RevenueAccount;
import dev.eventbus.examples.revenue.revenue.RevenueEntry;
import dev.eventbus.examples.revenue.revenue.RevenueHandlers;
import dev.eventbus.examples.revenue.revenue.RevenueRepository;
import dev.eventbus.examples.revenue.revenue.RevenueService;
import dev.eventbus.examples.revenue.revenue.RevenueSubscription;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.subscribe.Ordering;
import dev.eventbus.testkit.TestEventBus;
import dev.eventbus.testkit.TestEventBusBuilder;
import dev.eventbus.testkit.junit.EventBusSetup;
import dev.eventbus.testkit.junit.EventBusTest;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The way back from an entry to its operation. */
@EventBusTest
@DisplayNameGeneration(ReplaceUnderscores.class)
final class TracingTest implements EventBusSetup {
    private static final Document SERVICE = invoice("1")
            .serving(new ServicePeriod(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 3, 31)));

    private final Journal journal = new Journal();
    private final OperationLog operations = new InMemoryOperationLog();
    private final RevenueRepository revenue = new InMemoryRevenueRepository();
    private final Tracing tracing = new Tracing(operations, revenue, journal);
    private TestEventBus bus;

    @Override
    public void setUp(TestEventBusBuilder builder) {
        builder.configure(b -> b.observe(journal));
    }

    @BeforeEach
    void subscribe(TestEventBus testBus) {
        bus = testBus;
        RevenueHandlers handlers = new RevenueHandlers(new RevenueService(revenue, country -> BigDecimal.ZERO), bus,
                bus);
        bus.subscribe("revenue", s -> RevenueSubscription.of(s, handlers).ordering(Ordering.byKey()));
    }

    @Test
    void an_entry_leads_to_its_operation() {
        save(new Operation("op-1", Action.CREATE, "1", 1));
        publish("op-1");

        assertThat(tracing.walk().passed()).isTrue();
        assertThat(tracing.walk().statement()).startsWith("1 entries walked");
    }

    @Test
    void an_operation_that_nobody_knows_is_found() {
        save(new Operation("op-1", Action.CREATE, "1", 1));
        publish("op-9");

        assertThat(tracing.walk().findings()).containsExactly("1: entry of revision 1 does not lead to its operation");
    }

    @Test
    void an_operation_of_another_invoice_or_revision_is_found() {
        save(new Operation("op-1", Action.UPDATE, "1", 2));
        publish("op-1");

        assertThat(tracing.walk().passed()).isFalse();
    }

    @Test
    void an_announcement_of_something_else_is_found() {
        save(new Operation("op-1", Action.CREATE, "1", 1));
        publish("op-1");
        revenue.all().toList().forEach(account -> revenue.markAnnounced("1", account.entries().getFirst().eventId(),
                UUID.randomUUID()));

        assertThat(tracing.walk().passed()).isFalse();
    }

    @Test
    void entries_that_do_not_stand_in_order_are_found() {
        save(new Operation("op-1", Action.CREATE, "1", 1));
        publish("op-1");
        publish("op-1");

        assertThat(tracing.walk().findings()).containsExactly("1: entry of revision 1 stands after one of 1");
    }

    @Test
    void an_entry_of_a_month_leads_over_its_timer_to_the_operation_that_created_the_invoice() {
        save(new Operation("op-1", Action.CREATE, "1", 1));
        create(SERVICE, "op-1");
        bus.advance(Duration.ofDays(100)).awaitIdle();

        assertThat(tracing.walk().findings()).isEmpty();
        assertThat(tracing.walk().statement()).startsWith("4 entries walked");
    }

    @Test
    void a_month_that_follows_from_nothing_is_found() {
        save(new Operation("op-1", Action.CREATE, "1", 1));
        create(SERVICE, "op-1");
        bus.publish(new RecognitionDue("1", YearMonth.of(2026, 1)),
                PublishOptions.options().key("1").correlationId("op-1"));
        bus.awaitIdle();

        assertThat(tracing.walk().findings()).containsExactly("1: entry of revision 1 does not lead to its operation");
    }

    @Test
    void a_month_of_an_invoice_that_no_operation_created_is_found() {
        save(new Operation("op-2", Action.CREATE, "2", 1));
        create(SERVICE, "op-2");
        bus.advance(Duration.ofDays(31)).awaitIdle();

        assertThat(tracing.walk().findings()).hasSize(2);
    }

    @Test
    void an_entry_of_a_refund_leads_to_the_operation_that_gave_it_back() {
        save(new Operation("op-1", Action.CREATE, "1", 1));
        save(new Operation("op-2", Action.REFUND, "p1", 2));
        publish("op-1");
        refund("op-2");

        assertThat(tracing.walk().findings()).isEmpty();
        assertThat(tracing.walk().statement()).startsWith("2 entries walked");
    }

    @Test
    void a_refund_that_no_operation_or_another_one_gave_back_is_found() {
        save(new Operation("op-1", Action.CREATE, "1", 1));
        save(new Operation("op-3", Action.PAY, "p1", 1));
        publish("op-1");
        refund("op-2");
        refund("op-3");

        assertThat(tracing.walk().findings()).containsExactly("1: entry of revision 1 does not lead to its operation",
                "1: entry of revision 1 does not lead to its operation");
    }

    @Test
    void a_month_that_belongs_to_another_operation_than_its_cause_is_found() {
        save(new Operation("op-1", Action.CREATE, "1", 1));
        save(new Operation("op-2", Action.UPDATE, "1", 2));
        create(SERVICE, "op-1");
        UUID created = account().entries().getFirst().eventId();
        bus.publish(new RecognitionDue("1", YearMonth.of(2026, 1)),
                PublishOptions.options().key("1").causationId(created).correlationId("op-2"));
        bus.awaitIdle();

        assertThat(tracing.walk().findings()).hasSize(1);
    }

    @Test
    void a_refund_that_was_announced_as_another_one_is_found() {
        save(new Operation("op-1", Action.CREATE, "1", 1));
        save(new Operation("op-2", Action.REFUND, "p1", 2));
        publish("op-1");
        refund("op-2");
        refund("op-2");
        List<RevenueEntry> entries = account().entries();
        revenue.markAnnounced("1", entries.get(2).eventId(), Objects.requireNonNull(entries.get(1).announcement()));

        assertThat(tracing.walk().findings()).containsExactly("1: entry of revision 1 does not lead to its operation");
    }

    @Test
    void a_refund_that_does_not_stand_in_order_is_found() {
        save(new Operation("op-1", Action.CREATE, "1", 1));
        save(new Operation("op-2", Action.REFUND, "p1", 2));
        save(new Operation("op-3", Action.UPDATE, "1", 2));
        publish("op-1");
        refund("op-2");
        bus.publish(new InvoiceUpdated(invoice("1"), 2, List.of(line(1, "5.00"))),
                PublishOptions.options().key("1").correlationId("op-3"));
        bus.awaitIdle();
        assertThat(tracing.walk().findings()).isEmpty();
        List<RevenueEntry> entries = account().entries();
        revenue.save(new RevenueAccount(account().document(), 2, account().worth(), null,
                List.of(entries.get(0), entries.get(2), entries.get(1))));

        assertThat(tracing.walk().findings()).containsExactly("1: entry of revision 1 stands after one of 2");
    }

    private RevenueAccount account() {
        return revenue.find("1").orElseThrow();
    }

    private void refund(String operation) {
        bus.publish(new PaymentRefunded("p1", "1", BigDecimal.ONE),
                PublishOptions.options().key("1").correlationId(operation));
        bus.awaitIdle();
    }

    private void publish(String operation) {
        create(invoice("1"), operation);
    }

    private void create(Document document, String operation) {
        bus.publish(new InvoiceCreated(document, 1, List.of(line(1, "5.00"))),
                PublishOptions.options().key("1").correlationId(operation));
        bus.awaitIdle();
    }

    private void save(Operation operation) {
        operations.keep(operation);
    }
}
