/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.notification;

import static dev.eventbus.examples.revenue.Invoices.creditNote;
import static dev.eventbus.examples.revenue.Invoices.invoice;
import static dev.eventbus.examples.revenue.Invoices.line;
import static dev.eventbus.testkit.assertion.EventBusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.examples.revenue.event.Customer;
import dev.eventbus.examples.revenue.event.CustomerCreated;
import dev.eventbus.examples.revenue.event.CustomerDeleted;
import dev.eventbus.examples.revenue.event.CustomerEvent;
import dev.eventbus.examples.revenue.event.CustomerUpdated;
import dev.eventbus.examples.revenue.event.Document;
import dev.eventbus.examples.revenue.event.InvoiceCreated;
import dev.eventbus.examples.revenue.event.InvoiceDeleted;
import dev.eventbus.examples.revenue.event.InvoiceEvent;
import dev.eventbus.examples.revenue.event.InvoiceOverdue;
import dev.eventbus.examples.revenue.event.InvoicePaid;
import dev.eventbus.examples.revenue.event.InvoicePaymentReceived;
import dev.eventbus.examples.revenue.event.InvoiceReminderSent;
import dev.eventbus.examples.revenue.event.InvoiceUpdated;
import dev.eventbus.examples.revenue.event.InvoiceVoided;
import dev.eventbus.examples.revenue.event.PaymentEvent;
import dev.eventbus.examples.revenue.event.PaymentFailed;
import dev.eventbus.examples.revenue.event.PaymentRefunded;
import dev.eventbus.examples.revenue.event.PaymentSucceeded;
import dev.eventbus.idempotency.IdempotencyPolicy;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.testkit.TestEventBus;
import dev.eventbus.testkit.TestEventBusBuilder;
import dev.eventbus.testkit.junit.EventBusSetup;
import dev.eventbus.testkit.junit.EventBusTest;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Who is told what. */
@EventBusTest
@DisplayNameGeneration(ReplaceUnderscores.class)
final class NotificationHandlersTest implements EventBusSetup {
    private static final Customer ADA = new Customer("20001", "Ada", "ada@example.org", "France");
    private static final BigDecimal FIVE = new BigDecimal("5.00");

    private final List<Mail> mails = new ArrayList<>();
    private final NotificationHandlers handlers = new NotificationHandlers(this::put);
    private int failures;
    private TestEventBus bus;

    @Override
    public void setUp(TestEventBusBuilder builder) {
        builder.configure(b -> b.retry(RetryPolicy.fixed(Duration.ofSeconds(1)).maxAttempts(3)));
    }

    @BeforeEach
    void subscribe(TestEventBus testBus) {
        bus = testBus;
        bus.subscribe("notifications", s -> s.onEvent(CustomerEvent.class, handlers::customer)
                .onEvent(InvoiceEvent.class, handlers::invoice).onEvent(PaymentEvent.class, handlers::payment)
                .idempotent(IdempotencyPolicy.byEventId(Duration.ofHours(1))));
    }

    private void put(Mail mail) throws IOException {
        mails.add(mail);
        if (failures-- > 0) {
            throw new IOException("not taken");
        }
    }

    @Test
    void a_customer_is_welcomed_told_of_changes_at_the_new_address_and_seen_off_at_the_last_one() {
        publish(new CustomerCreated(ADA),
                new CustomerUpdated(new Customer("20001", "Ada L.", "ada@new.example", "France")),
                new CustomerDeleted("20001"));

        assertThat(mails).extracting(Mail::to).containsExactly("ada@example.org", "ada@new.example", "ada@new.example");
        assertThat(mails).extracting(Mail::subject).containsExactly("Welcome", "Your details have changed", "Goodbye");
        assertThat(mails.getFirst().body()).isEqualTo("Dear Ada,\n\nYou are our customer 20001.\n");
        assertThat(mails.getLast().body()).isEqualTo("Dear Ada L.,\n\nWe have deleted what we knew of you.\n");
    }

    @Test
    void everything_that_happens_to_an_invoice_is_told() {
        Document due = invoice("1").dueOn(LocalDate.of(2025, 2, 28));
        publish(new CustomerCreated(ADA));
        mails.clear();
        publish(new InvoiceCreated(due, 1, List.of(line(2, "2.50"))),
                new InvoiceUpdated(due, 2, List.of(line(1, "1.00"))),
                new InvoiceReminderSent(due, 3, FIVE), new InvoiceOverdue(due, 4, FIVE),
                new InvoicePaymentReceived(due, 5, "p1", FIVE, new BigDecimal("-1.00")), new InvoicePaid(due, 6),
                new InvoiceVoided(due, 7), new InvoiceDeleted(due, 7),
                new InvoiceCreated(creditNote("C2"), 1, List.of(line(-1, "2.50"))));

        assertThat(mails).extracting(mail -> mail.subject() + " | " + sentence(mail)).containsExactly(
                "Invoice 1 | It comes to 5.00 GBP, due on 2025-02-28.",
                "Invoice 1 has changed | 1.00 GBP were added to it.",
                "Reminder of Invoice 1 | 5.00 GBP are still to come, due on 2025-02-28.",
                "Invoice 1 is overdue | 5.00 GBP are still to come, due on 2025-02-28.",
                "Payment received for Invoice 1 | 5.00 GBP came in, 0 GBP are still to come.",
                "Invoice 1 is paid | Thank you.",
                "Invoice 1 is void | You owe nothing for it.",
                "Invoice 1 was taken out | You owe nothing for it.",
                "Credit note C2 | It comes to -2.50 GBP.");
        assertThat(mails).extracting(Mail::to).containsOnly("ada@example.org");
    }

    @Test
    void what_money_did_is_told_to_the_customer_of_the_invoice() {
        publish(new CustomerCreated(ADA), new InvoiceCreated(invoice("1"), 1, List.of(line(1, "5.00"))));
        mails.clear();
        publish(new PaymentSucceeded("p1", "1", FIVE), new PaymentFailed("p2", "1", FIVE, "no\r\nBcc: all"),
                new PaymentRefunded("p1", "1", FIVE));

        assertThat(mails).extracting(mail -> mail.subject() + " | " + sentence(mail)).containsExactly(
                "Payment failed | 5.00 GBP for invoice 1 did not come in: no  Bcc: all.",
                "Payment refunded | 5.00 GBP for invoice 1 are on their way back to you.");
    }

    @Test
    void who_has_no_address_or_none_any_more_gets_none() {
        publish(new InvoicePaid(invoice("1"), 2), new InvoicePaid(Document.of("2", invoice("2").kind(),
                invoice("2").date(), null, "France"), 2), new PaymentRefunded("p1", "9", FIVE),
                new CustomerDeleted("20001"));
        assertThat(mails).isEmpty();

        publish(new CustomerCreated(ADA), new InvoicePaid(invoice("1"), 3), new CustomerDeleted("20001"));
        mails.clear();
        publish(new InvoicePaid(invoice("1"), 4), new PaymentRefunded("p1", "1", FIVE));
        assertThat(mails).isEmpty();
    }

    @Test
    void a_repeated_attempt_writes_the_same_mail_again_also_the_last_one() {
        bus.recorded().expectFailuresOf("notifications");
        failures = 1;
        publish(new CustomerCreated(ADA));
        failures = 1;
        publish(new CustomerDeleted("20001"));

        assertThat(mails).hasSize(4);
        assertThat(mails.get(1)).isEqualTo(mails.getFirst());
        assertThat(mails.get(3)).isEqualTo(mails.get(2));
        assertThat(mails.get(2).id()).isNotEqualTo(mails.getFirst().id());
        assertThat(bus.recorded()).retried("notifications", 2);
    }

    @Test
    void the_same_event_again_is_no_second_mail() {
        UUID id = UUID.randomUUID();
        bus.publish(new CustomerCreated(ADA), PublishOptions.options().id(id));
        bus.publish(new CustomerCreated(ADA), PublishOptions.options().id(id));
        bus.awaitIdle();

        assertThat(mails).extracting(Mail::id).containsExactly(id);
    }

    @Test
    void a_name_cannot_write_lines_of_its_own() {
        publish(new CustomerCreated(
                new Customer("1\n2", "Eve\n\nYou won.\u2028\u202emoc", "eve@example.org", "France")));

        assertThat(mails.getFirst().body())
                .isEqualTo("Dear Eve  You won.  moc,\n\nYou are our customer 1 2.\n");
        assertThat(mails.getFirst()).hasToString("Mail[" + mails.getFirst().id() + "]");
    }

    private void publish(Object... events) {
        for (Object event : events) {
            bus.publish(event);
        }
        bus.awaitIdle();
    }

    private static String sentence(Mail mail) {
        return mail.body().substring("Dear Ada,\n\n".length()).stripTrailing();
    }
}
