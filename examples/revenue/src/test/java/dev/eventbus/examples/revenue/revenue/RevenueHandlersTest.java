/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.revenue;

import static dev.eventbus.examples.revenue.Invoices.adjustment;
import static dev.eventbus.examples.revenue.Invoices.at;
import static dev.eventbus.examples.revenue.Invoices.creditNote;
import static dev.eventbus.examples.revenue.Invoices.invoice;
import static dev.eventbus.examples.revenue.Invoices.line;
import static dev.eventbus.testkit.assertion.EventBusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.deadletter.DeadLetterReason;
import dev.eventbus.deadletter.RedriveReport;
import dev.eventbus.event.EventEnvelope;
import dev.eventbus.examples.revenue.event.Document;
import dev.eventbus.examples.revenue.event.InvoiceCreated;
import dev.eventbus.examples.revenue.event.InvoiceDeleted;
import dev.eventbus.examples.revenue.event.InvoiceEvent;
import dev.eventbus.examples.revenue.event.InvoicePaid;
import dev.eventbus.examples.revenue.event.InvoiceUpdated;
import dev.eventbus.examples.revenue.event.InvoiceVoided;
import dev.eventbus.examples.revenue.event.RevenueAdjusted;
import dev.eventbus.examples.revenue.event.RevenueEvent;
import dev.eventbus.examples.revenue.event.RevenueRecognized;
import dev.eventbus.examples.revenue.event.RevenueReversed;
import dev.eventbus.idempotency.IdempotencyPolicy;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.Outcome;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.publish.Receipt;
import dev.eventbus.subscribe.Ordering;
import dev.eventbus.testkit.RecordedEvents;
import dev.eventbus.testkit.TestEventBus;
import dev.eventbus.testkit.TestEventBusBuilder;
import dev.eventbus.testkit.junit.EventBusSetup;
import dev.eventbus.testkit.junit.EventBusTest;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What the events of invoices do to the books. */
@EventBusTest
@DisplayNameGeneration(ReplaceUnderscores.class)
final class RevenueHandlersTest implements EventBusSetup {
    private final BreakableRepository repository = new BreakableRepository();
    private TestEventBus bus;
    private RecordedEvents recorded;

    @Override
    public void setUp(TestEventBusBuilder builder) {
        builder.configure(b -> b
                .retry(RetryPolicy.fixed(Duration.ZERO).maxAttempts(3).abortOn(RevisionOutOfOrderException.class)));
    }

    @BeforeEach
    void subscribe(TestEventBus testBus) {
        bus = testBus;
        recorded = bus.recorded();
        RevenueHandlers handlers = new RevenueHandlers(new RevenueService(repository, country -> new BigDecimal("0.2")),
                bus, bus);
        bus.subscribe("revenue", s -> s.onEvent(InvoiceCreated.class, handlers::created)
                .onEvent(InvoiceUpdated.class, handlers::updated).on(InvoicePaid.class, handlers::settled)
                .onEvent(InvoiceVoided.class, handlers::voided).onEvent(InvoiceDeleted.class, handlers::deleted)
                .ordering(Ordering.byKey(InvoiceEvent.class, InvoiceEvent::number))
                .idempotent(IdempotencyPolicy.byEventId(Duration.ofHours(1))));
    }

    @Test
    void an_invoice_is_recognized_at_its_creation_even_if_it_is_worth_nothing() {
        publish(created(invoice("1"), "2.505"));
        publish(created(invoice("2"), "0.00"));

        assertThat(recorded.payloads(RevenueEvent.class)).containsExactly(
                new RevenueRecognized(invoice("1"), at(invoice("1"), "2.505"), BigDecimal.ZERO),
                new RevenueRecognized(invoice("2"), at(invoice("2"), "0.00"), BigDecimal.ZERO));
    }

    @Test
    void a_credit_note_reverses_and_an_adjustment_adjusts() {
        publish(created(creditNote("C1"), "-3.00"));
        publish(created(adjustment("A1"), "-4.00"));

        assertThat(recorded.payloads(RevenueEvent.class)).containsExactly(
                new RevenueReversed(creditNote("C1"), at(creditNote("C1"), "-3.00"), BigDecimal.ZERO),
                new RevenueAdjusted(adjustment("A1"), at(adjustment("A1"), "-4.00"), BigDecimal.ZERO));
    }

    @Test
    void an_update_adjusts_by_what_was_added() {
        publish(created(invoice("1"), "2.00"));
        publish(new InvoiceUpdated(invoice("1"), 2, List.of(line(2, "1.25"))));

        assertThat(recorded.payloads(RevenueEvent.class)).last()
                .isEqualTo(new RevenueAdjusted(invoice("1"), at(invoice("1"), "2.50"), BigDecimal.ZERO));
        assertThat(account("1").total()).isEqualByComparingTo("4.50");
    }

    @Test
    void voiding_takes_back_all_that_was_entered() {
        publish(created(invoice("1"), "2.00"));
        publish(new InvoiceUpdated(invoice("1"), 2, List.of(line(1, "1.00"))));
        publish(new InvoiceVoided(invoice("1"), 3));

        assertThat(recorded.payloads(RevenueEvent.class)).last()
                .isEqualTo(new RevenueReversed(invoice("1"), at(invoice("1"), "-3.00"), BigDecimal.ZERO));
        assertThat(account("1").total()).isZero();
    }

    @Test
    void deleting_takes_back_all_that_was_entered() {
        publish(created(invoice("1"), "2.00"));
        publish(new InvoiceDeleted(invoice("1"), 2));

        assertThat(recorded.payloads(RevenueEvent.class)).last()
                .isEqualTo(new RevenueReversed(invoice("1"), at(invoice("1"), "-2.00"), BigDecimal.ZERO));
        assertThat(account("1").total()).isZero();
    }

    @Test
    void a_payment_changes_no_revenue() {
        publish(created(invoice("1"), "2.00"));
        publish(new InvoicePaid(invoice("1"), 2));

        assertThat(bus).published(RevenueEvent.class).times(1);
        assertThat(account("1").revision()).isEqualTo(2);
        assertThat(account("1").entries()).hasSize(1);
    }

    @Test
    void an_announcement_follows_from_the_event_of_the_invoice() {
        publish(created(invoice("1"), "2.00"), PublishOptions.options().correlationId("op-7"));

        assertThat(bus).published(RevenueEvent.class).causedBy(InvoiceCreated.class).times(1);
        EventEnvelope<RevenueEvent> announced = recorded.of(RevenueEvent.class).getFirst().event();
        assertThat(announced.metadata().correlationId()).isEqualTo("op-7");
        assertThat(account("1").entries().getFirst().announcement()).isEqualTo(announced.id());
    }

    @Test
    void an_event_that_comes_twice_is_a_duplicate() {
        Receipt first = publish(created(invoice("1"), "2.00"));
        Receipt paid = publish(new InvoicePaid(invoice("1"), 2));

        Receipt again = publish(created(invoice("1"), "2.00"), PublishOptions.options().id(first.eventId()));
        Receipt paidAgain = publish(new InvoicePaid(invoice("1"), 2), PublishOptions.options().id(paid.eventId()));

        assertThat(again.outcomes()).containsEntry("revenue", Outcome.DUPLICATE);
        assertThat(paidAgain.outcomes()).containsEntry("revenue", Outcome.DUPLICATE);
        assertThat(bus).published(RevenueEvent.class).times(1);
        assertThat(account("1").total()).isEqualByComparingTo("2.00");
    }

    @Test
    void a_failure_before_the_write_is_made_up_for() {
        repository.failBefore(1);

        publish(created(invoice("1"), "2.00"));

        assertThat(bus).retried("revenue", 1);

        assertThat(account("1").total()).isEqualByComparingTo("2.00");
        assertThat(bus).published(RevenueEvent.class).times(1);
    }

    @Test
    void a_failure_after_the_write_enters_and_announces_once() {
        publish(created(invoice("1"), "2.00"));
        repository.failAfter(1);
        publish(new InvoiceVoided(invoice("1"), 2));

        assertThat(bus).retried("revenue", 1);
        assertThat(account("1").entries()).hasSize(2);
        assertThat(account("1").total()).isZero();
        assertThat(bus).published(RevenueEvent.class).times(2);
    }

    @Test
    void an_announcement_that_could_not_be_marked_is_repeated_with_its_id() {
        repository.failMarks(1);

        publish(created(invoice("1"), "2.00"));

        assertThat(bus).retried("revenue", 1);
        assertThat(recorded.of(RevenueEvent.class)).extracting(each -> each.event().id()).hasSize(2)
                .containsOnly(account("1").entries().getFirst().announcement());
    }

    @Test
    void a_payment_that_failed_after_its_write_is_no_duplicate() {
        publish(created(invoice("1"), "2.00"));
        repository.failAfter(1);

        Receipt paid = publish(new InvoicePaid(invoice("1"), 2));

        assertThat(bus).retried("revenue", 1).hasNoDeadLetters();
        assertThat(account("1").revision()).isEqualTo(2);
        assertThat(paid.outcomes()).containsEntry("revenue", Outcome.HANDLED);
    }

    @Test
    void what_an_entry_owes_in_tax_is_kept_beside_it() {
        publish(created(invoice("1"), "2.00"));
        publish(new InvoiceUpdated(invoice("1"), 2, List.of(line(1, "0.55"))));

        assertThat(account("1").tax()).isEqualByComparingTo("0.51");
        assertThat(account("1").total()).isEqualByComparingTo("2.55");
    }

    @Test
    void an_invoice_that_cannot_be_booked_parks_and_is_redriven_in_order_beside_others() {
        recorded.expectFailuresOf("revenue");
        repository.failBefore(3);
        publish(created(invoice("1"), "2.00"));
        publish(new InvoiceUpdated(invoice("1"), 2, List.of(line(1, "1.00"))));
        publish(new InvoicePaid(invoice("1"), 3));
        publish(created(invoice("2"), "7.00"));
        assertThat(letters()).extracting(DeadLetter::reason).containsExactly(DeadLetterReason.ATTEMPTS_EXHAUSTED,
                DeadLetterReason.PARKED_BEHIND, DeadLetterReason.PARKED_BEHIND);
        assertThat(account("2").total()).isEqualByComparingTo("7.00");

        assertThat(redrive()).isEqualTo(new RedriveReport(3, 0, 0));

        assertThat(account("1").revision()).isEqualTo(3);
        assertThat(account("1").total()).isEqualByComparingTo("3.00");
    }

    @Test
    void an_update_before_its_creation_is_refused_at_once_and_holds_its_invoice_until_it_is_discarded() {
        recorded.expectFailuresOf("revenue");
        publish(new InvoiceUpdated(invoice("1"), 2, List.of(line(1, "1.00"))));
        publish(created(invoice("1"), "2.00"));
        assertThat(letters()).extracting(DeadLetter::reason)
                .containsExactly(DeadLetterReason.NOT_RETRYABLE, DeadLetterReason.PARKED_BEHIND);
        assertThat(letters().getFirst().attempts()).singleElement().extracting(attempt -> attempt.message())
                .isEqualTo(
                        "Invoice '1' is out of order: revision 2 came after revision 0; what is parked behind it waits "
                                + "until it is discarded");
        assertThat(redrive()).isEqualTo(new RedriveReport(0, 1, 1));

        bus.eventBus().deadLetters().discard(DeadLetterQuery.all().letter(letters().getFirst().id()), "out of order");
        assertThat(redrive()).isEqualTo(new RedriveReport(1, 0, 0));

        assertThat(account("1").total()).isEqualByComparingTo("2.00");
    }

    private List<DeadLetter> letters() {
        return bus.eventBus().deadLetters().find(DeadLetterQuery.all());
    }

    private RedriveReport redrive() {
        RedriveReport report = bus.eventBus().deadLetters().redrive(DeadLetterQuery.all());
        bus.awaitIdle();
        return report;
    }

    private static InvoiceCreated created(Document document, String amount) {
        return new InvoiceCreated(document, 1, List.of(line(1, amount)));
    }

    private Receipt publish(Object event) {
        return publish(event, PublishOptions.options());
    }

    private Receipt publish(Object event, PublishOptions options) {
        Receipt receipt = bus.publish(event, options);
        bus.awaitIdle();
        return receipt;
    }

    private RevenueAccount account(String number) {
        return repository.find(number).orElseThrow();
    }
}
