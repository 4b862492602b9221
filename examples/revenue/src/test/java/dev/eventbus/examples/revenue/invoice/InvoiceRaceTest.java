/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.invoice;

import static dev.eventbus.examples.revenue.Invoices.invoice;
import static dev.eventbus.examples.revenue.Invoices.line;
import static dev.eventbus.examples.revenue.invoice.InvoiceLayer.due;
import static dev.eventbus.examples.revenue.invoice.InvoiceLayer.gbp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.examples.revenue.event.InvoiceEvent;
import dev.eventbus.examples.revenue.event.InvoicePaid;
import dev.eventbus.examples.revenue.event.InvoicePaymentReceived;
import dev.eventbus.examples.revenue.event.InvoiceVoided;
import dev.eventbus.examples.revenue.event.PaymentDue;
import dev.eventbus.examples.revenue.event.PaymentSucceeded;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.testkit.Rendezvous;
import dev.eventbus.testkit.TaskOutcome;
import dev.eventbus.testkit.TestEventBus;
import dev.eventbus.testkit.TestEventBusBuilder;
import dev.eventbus.testkit.junit.EventBusSetup;
import dev.eventbus.testkit.junit.EventBusTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Commands, payments and deadlines that come for one invoice at the same time, on real threads. */
@EventBusTest(threaded = true)
@DisplayNameGeneration(ReplaceUnderscores.class)
final class InvoiceRaceTest implements EventBusSetup {
    private static final int ROUNDS = 100;
    private static final int TASKS = 4;
    private static final int EACH = 50;

    private final List<InvoiceEvent> seen = Collections.synchronizedList(new ArrayList<>());
    private final InvoiceRepository repository = new InMemoryInvoiceRepository();
    private TestEventBus bus;
    private InvoiceLayer layer;

    @Override
    public void setUp(TestEventBusBuilder builder) {
        builder.configure(InvoiceLayer::choose);
    }

    @BeforeEach
    void open(TestEventBus testBus) {
        bus = testBus;
        layer = InvoiceLayer.on(bus, repository);
        // A small buffer: whoever publishes under the lock of an invoice often has to wait for room.
        bus.subscribe("seen", s -> s.on(InvoiceEvent.class, seen::add).buffer(2));
    }

    @Test
    void revisions_have_no_gaps_and_come_in_order_whoever_changes_the_invoice() {
        layer.actions.create(invoice("1"), List.of(line(1, "1000.00")));
        collide(TASKS, task -> {
            for (int i = 0; i < EACH; i++) {
                if (task % 2 == 0) {
                    layer.actions.update("1", List.of(line(1, "1.00")));
                } else {
                    pay("p" + task + "-" + i, "1", "1.00");
                }
            }
        });

        assertThat(seen).extracting(InvoiceEvent::revision)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 1 + TASKS * EACH).boxed().toList());
        assertThat(repository.find("1").orElseThrow()).satisfies(found -> {
            assertThat(found.total()).isEqualByComparingTo("1100.00");
            assertThat(found.outstanding()).isEqualByComparingTo("1000.00");
            assertThat(found.payments()).hasSize(100);
        });
    }

    @Test
    void an_invoice_is_paid_once_or_voided_and_nothing_follows_a_void() {
        bus.recorded().expectFailuresOf("invoices"); // money for an invoice that was voided first
        for (int round = 1; round <= ROUNDS; round++) {
            String number = String.valueOf(round);
            layer.actions.create(invoice(number), List.of(line(1, "2.00")));
            collide(3, task -> {
                switch (task) {
                    case 0 -> pay("a" + number, number, "1.00");
                    case 1 -> pay("b" + number, number, "1.00");
                    default -> layer.actions.declareVoid(number);
                }
            });
            List<InvoiceEvent> events = eventsOf(number);
            assertThat(events).extracting(InvoiceEvent::revision)
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, events.size()).boxed().toList());
            assertThat(events).last().isInstanceOf(InvoiceVoided.class);
            long received = events.stream().filter(InvoicePaymentReceived.class::isInstance).count();
            assertThat(events).filteredOn(InvoicePaid.class::isInstance).hasSize(received == 2 ? 1 : 0);
        }
    }

    @Test
    void an_invoice_is_never_overdue_after_it_was_paid() {
        for (int round = 1; round <= ROUNDS; round++) {
            String number = String.valueOf(round);
            layer.actions.create(due(number), List.of(line(1, "2.00")));
            collide(2, task -> {
                if (task == 0) {
                    bus.publish(new PaymentDue(number), PublishOptions.options().key(number));
                } else {
                    layer.actions.pay(number);
                }
            });
            List<InvoiceEvent> events = eventsOf(number);
            assertThat(events).extracting(InvoiceEvent::revision)
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, events.size()).boxed().toList());
            assertThat(events).filteredOn(InvoicePaid.class::isInstance).hasSize(1);
            assertThat(events).last().isInstanceOf(InvoicePaid.class);
            assertThat(layer.reminders.size()).isZero();
        }
    }

    private void pay(String paymentId, String number, String amount) {
        bus.publish(new PaymentSucceeded(paymentId, number, gbp(amount)), PublishOptions.options().key(number));
    }

    private void collide(int tasks, IntConsumer task) {
        List<TaskOutcome<Object>> outcomes = Rendezvous.collide(tasks, number -> {
            task.accept(number);
            return "done";
        });
        outcomes.forEach(TaskOutcome::value);
        bus.awaitIdle();
    }

    private List<InvoiceEvent> eventsOf(String number) {
        return seen.stream().filter(event -> event.number().equals(number)).toList();
    }
}
