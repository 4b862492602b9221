/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.invoice;

import static dev.eventbus.examples.revenue.Invoices.invoice;
import static dev.eventbus.examples.revenue.Invoices.line;
import static dev.eventbus.examples.revenue.invoice.InvoiceLayer.gbp;
import static dev.eventbus.testkit.assertion.EventBusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.deadletter.DeadLetterReason;
import dev.eventbus.deadletter.RedriveReport;
import dev.eventbus.examples.revenue.event.InvoiceEvent;
import dev.eventbus.examples.revenue.event.InvoicePaid;
import dev.eventbus.examples.revenue.event.InvoicePaymentReceived;
import dev.eventbus.examples.revenue.event.InvoiceVoided;
import dev.eventbus.examples.revenue.event.PaymentSucceeded;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.testkit.RecordedEvents;
import dev.eventbus.testkit.TestEventBus;
import dev.eventbus.testkit.TestEventBusBuilder;
import dev.eventbus.testkit.fault.Fault;
import dev.eventbus.testkit.junit.EventBusSetup;
import dev.eventbus.testkit.junit.EventBusTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What money that came in does to invoices. */
@EventBusTest
@DisplayNameGeneration(ReplaceUnderscores.class)
final class InvoiceHandlersTest implements EventBusSetup {
    private final BreakableInvoices repository = new BreakableInvoices();
    private TestEventBus bus;
    private RecordedEvents recorded;
    private InvoiceLayer layer;

    @Override
    public void setUp(TestEventBusBuilder builder) {
        builder.configure(InvoiceLayer::choose);
    }

    @BeforeEach
    void open(TestEventBus testBus) {
        bus = testBus;
        recorded = bus.recorded();
        layer = InvoiceLayer.on(bus, repository);
    }

    @Test
    void payments_in_parts_are_received_and_the_last_one_pays() {
        create("10.00");
        pay("p1", "4.005");
        pay("p2", "5.995");

        assertThat(recorded.payloads(InvoiceEvent.class).subList(1, 4)).containsExactly(
                new InvoicePaymentReceived(invoice("1"), 2, "p1", gbp("4.005"), gbp("5.995")),
                new InvoicePaymentReceived(invoice("1"), 3, "p2", gbp("5.995"), gbp("0.000")),
                new InvoicePaid(invoice("1"), 4));
        assertThat(found().state()).isEqualTo(InvoiceState.PAID);
        assertThat(found().revision()).isEqualTo(4);
        assertThat(recorded).published(InvoicePaid.class).causedBy(PaymentSucceeded.class);
        assertThat(recorded.of(InvoicePaid.class).getFirst().event().metadata().correlationId()).isEqualTo("pay p2");
        assertThat(recorded.of(InvoicePaid.class).getFirst().event().metadata().key()).isEqualTo("1");
    }

    @Test
    void more_than_was_asked_for_pays_once_and_is_outstanding_below_zero() {
        create("10.00");
        pay("p1", "12.00");
        pay("p2", "1.00");

        assertThat(recorded.payloads(InvoicePaymentReceived.class)).extracting(InvoicePaymentReceived::outstanding)
                .containsExactly(gbp("-2.00"), gbp("-3.00"));
        assertThat(recorded).published(InvoicePaid.class).times(1);
    }

    @Test
    void the_same_payment_again_does_nothing() {
        create("10.00");
        pay("p1", "4.00");
        pay("p1", "4.00");

        assertThat(recorded).published(InvoicePaymentReceived.class).times(1);
        assertThat(found().outstanding()).isEqualByComparingTo("6.00");
    }

    @Test
    void what_is_noted_as_paid_elsewhere_leaves_nothing_outstanding_but_what_is_added() {
        create("10.00");
        pay("p1", "4.00");
        layer.actions.pay("1");

        assertThat(found().outstanding()).isZero();

        layer.actions.update("1", List.of(line(1, "2.50")));

        assertThat(found().outstanding()).isEqualByComparingTo("2.50");
        assertThat(found().state()).isEqualTo(InvoiceState.PAID);
    }

    // The saves of one handling: that the payment was received, and that the invoice is paid.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void a_retry_between_publish_and_save_does_nothing_twice(int failures) {
        create("10.00");
        recorded.expectFailuresOf("invoices");
        repository.failNext(failures);
        pay("p1", "10.00");

        assertThat(recorded).retried("invoices", failures);
        assertThat(revisions()).containsExactly(1, 2, 3);
        assertThat(recorded).published(InvoicePaymentReceived.class).times(1);
        assertThat(recorded).published(InvoicePaid.class).times(1);
        assertThat(found().revision()).isEqualTo(3);
        assertThat(found().outstanding()).isZero();
    }

    @Test
    void a_command_between_a_failure_and_its_retry_finds_what_was_published() {
        create("10.00");
        recorded.expectFailuresOf("invoices");
        repository.failNext(1);
        bus.publish(new PaymentSucceeded("p1", "1", gbp("4.00")), PublishOptions.options().key("1"));
        bus.runUntilIdle();
        layer.actions.update("1", List.of(line(1, "1.00")));
        bus.awaitIdle();

        assertThat(revisions()).containsExactly(1, 2, 3);
        assertThat(recorded).published(InvoicePaymentReceived.class).times(1);
        assertThat(found().outstanding()).isEqualByComparingTo("7.00");
    }

    @Test
    void an_invoice_whose_last_news_was_refused_gets_it_with_the_retry() {
        RecordedEvents own = new RecordedEvents();
        try (TestEventBus other = TestEventBus.builder().configure(InvoiceLayer::choose)
                .configure(b -> b.observe(own)).build()) {
            InvoiceLayer broken = InvoiceLayer.on(other, repository, Fault.failing().onCalls(3).in(other), other);
            broken.actions.create(invoice("1"), List.of(line(1, "10.00")));
            other.publish(new PaymentSucceeded("p1", "1", gbp("10.00")), PublishOptions.options().key("1"));
            other.awaitIdle();
        }

        assertThat(own).retried("invoices", 1);
        assertThat(own.payloads(InvoiceEvent.class)).extracting(InvoiceEvent::revision).containsExactly(1, 2, 3);
        assertThat(found().state()).isEqualTo(InvoiceState.PAID);
    }

    @Test
    void money_for_an_unknown_invoice_is_a_dead_letter_at_once_until_the_invoice_is_there() {
        recorded.expectFailuresOf("invoices");
        pay("p1", "4.00");

        assertThat(letters()).singleElement().satisfies(letter -> {
            assertThat(letter.reason()).isEqualTo(DeadLetterReason.NOT_RETRYABLE);
            assertThat(letter.attempts()).singleElement().extracting(attempt -> attempt.message())
                    .isEqualTo("Invoice '1' is unknown; create it first");
        });

        create("4.00");
        assertThat(bus.eventBus().deadLetters().redrive(DeadLetterQuery.all())).isEqualTo(new RedriveReport(1, 0, 0));
        bus.awaitIdle();
        assertThat(found().state()).isEqualTo(InvoiceState.PAID);
    }

    @Test
    void money_for_a_voided_invoice_is_a_dead_letter_and_nothing_follows_the_void() {
        create("10.00");
        recorded.expectFailuresOf("invoices");
        layer.actions.declareVoid("1");
        pay("p1", "4.00");

        assertThat(letters()).singleElement().extracting(letter -> letter.attempts().getFirst().message())
                .isEqualTo("Invoice '1' refused PAY: it is VOIDED");
        assertThat(recorded.payloads(InvoiceEvent.class)).last().isInstanceOf(InvoiceVoided.class);
    }

    @Test
    void money_that_an_invoice_knows_is_not_refused_after_it_was_voided() {
        create("10.00");
        pay("p1", "4.00");
        layer.actions.declareVoid("1");
        pay("p1", "4.00");

        assertThat(letters()).isEmpty();
        assertThat(revisions()).containsExactly(1, 2, 3);
    }

    private void create(String amount) {
        layer.actions.create(invoice("1"), List.of(line(1, amount)));
        bus.awaitIdle();
    }

    private void pay(String paymentId, String amount) {
        bus.publish(new PaymentSucceeded(paymentId, "1", gbp(amount)),
                PublishOptions.options().key("1").correlationId("pay " + paymentId));
        bus.awaitIdle();
        bus.advance(Duration.ofSeconds(10));
    }

    private Invoice found() {
        return repository.find("1").orElseThrow();
    }

    private List<Integer> revisions() {
        return recorded.payloads(InvoiceEvent.class).stream().map(InvoiceEvent::revision).toList();
    }

    private List<DeadLetter> letters() {
        return bus.eventBus().deadLetters().find(DeadLetterQuery.all());
    }
}
