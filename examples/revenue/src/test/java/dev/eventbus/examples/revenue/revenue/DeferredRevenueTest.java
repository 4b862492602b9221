/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.revenue;

import static dev.eventbus.examples.revenue.Invoices.at;
import static dev.eventbus.examples.revenue.Invoices.invoice;
import static dev.eventbus.examples.revenue.Invoices.line;
import static dev.eventbus.testkit.assertion.EventBusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.event.EventEnvelope;
import dev.eventbus.examples.revenue.event.Document;
import dev.eventbus.examples.revenue.event.InvoiceCreated;
import dev.eventbus.examples.revenue.event.InvoiceDeleted;
import dev.eventbus.examples.revenue.event.InvoiceKind;
import dev.eventbus.examples.revenue.event.InvoiceOverdue;
import dev.eventbus.examples.revenue.event.InvoicePaid;
import dev.eventbus.examples.revenue.event.InvoicePaymentReceived;
import dev.eventbus.examples.revenue.event.InvoiceReminderSent;
import dev.eventbus.examples.revenue.event.InvoiceUpdated;
import dev.eventbus.examples.revenue.event.InvoiceVoided;
import dev.eventbus.examples.revenue.event.MonthlyAmount;
import dev.eventbus.examples.revenue.event.PaymentRefunded;
import dev.eventbus.examples.revenue.event.RecognitionDue;
import dev.eventbus.examples.revenue.event.RevenueAdjusted;
import dev.eventbus.examples.revenue.event.RevenueDeferred;
import dev.eventbus.examples.revenue.event.RevenueEvent;
import dev.eventbus.examples.revenue.event.RevenueRecognized;
import dev.eventbus.examples.revenue.event.RevenueReversed;
import dev.eventbus.examples.revenue.event.ServicePeriod;
import dev.eventbus.examples.revenue.tax.TaxServiceDownException;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.Outcome;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.publish.Receipt;
import dev.eventbus.subscribe.Ordering;
import dev.eventbus.testkit.TestEventBus;
import dev.eventbus.testkit.TestEventBusBuilder;
import dev.eventbus.testkit.junit.EventBusSetup;
import dev.eventbus.testkit.junit.EventBusTest;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What the months of a service do to the books, while the year 2026 passes; a day of the service brings 1.00. */
@EventBusTest
@DisplayNameGeneration(ReplaceUnderscores.class)
final class DeferredRevenueTest implements EventBusSetup {
    /** 16 days of January, all of February and March, 15 of April: 90. */
    private static final Document SERVICE = serving(InvoiceKind.INVOICE, "1", "2026-01-16", "2026-04-15");

    private final BreakableRepository repository = new BreakableRepository();
    private TestEventBus bus;
    private BreakableScheduler timers;
    private boolean isTaxServiceDown;

    @Override
    public void setUp(TestEventBusBuilder builder) {
        builder.configure(b -> {
            b.retry(RetryPolicy.fixed(Duration.ZERO).maxAttempts(3).abortOn(RevisionOutOfOrderException.class));
            RevenueSubscription.rules(b);
        });
    }

    @BeforeEach
    void subscribe(TestEventBus testBus) {
        bus = testBus;
        timers = new BreakableScheduler(bus);
        RevenueHandlers handlers = new RevenueHandlers(new RevenueService(repository, this::rate), bus, timers);
        bus.subscribe("revenue", s -> RevenueSubscription.of(s, handlers).ordering(Ordering.byKey()));
    }

    @Nested
    @DisplayNameGeneration(ReplaceUnderscores.class)
    class Passing_months {
        @Test
        void an_invoice_with_a_service_period_is_deferred_at_first() {
            create(SERVICE, "90.00");

            assertThat(announced()).containsExactly(new RevenueDeferred(SERVICE, List.of(), amount("90.00")));
            assertThat(account("1").total()).isZero();
            assertThat(account("1").through()).isNull();
            assertThat(account("1").earnings().deferred()).isEqualTo("90.00");
        }

        @Test
        void a_month_becomes_revenue_at_its_end_and_no_moment_before() {
            create(SERVICE, "90.00");

            advanceTo(Instant.parse("2026-01-31T23:59:59.999Z"));
            assertThat(announced()).hasSize(1);
            advanceTo(Instant.parse("2026-02-01T00:00:00Z"));

            assertThat(announced()).last()
                    .isEqualTo(new RevenueRecognized(SERVICE, months("2026-01", "16.00"), amount("-16.00")));
            assertThat(account("1").through()).isEqualTo("2026-01");
            assertThat(account("1").earnings().deferred()).isEqualTo("74.00");
        }

        @Test
        void all_months_become_revenue_one_after_the_other() {
            create(SERVICE, "90.00");
            advanceTo("2026-05-01");

            assertThat(announced()).filteredOn(RevenueRecognized.class::isInstance).containsExactly(
                    new RevenueRecognized(SERVICE, months("2026-01", "16.00"), amount("-16.00")),
                    new RevenueRecognized(SERVICE, months("2026-02", "28.00"), amount("-28.00")),
                    new RevenueRecognized(SERVICE, months("2026-03", "31.00"), amount("-31.00")),
                    new RevenueRecognized(SERVICE, months("2026-04", "15.00"), amount("-15.00")));
            assertThat(account("1").total()).isEqualTo("90.00");
            assertThat(account("1").earnings().deferred()).isZero();
        }

        @Test
        void months_that_had_passed_when_the_invoice_was_written_become_revenue_at_once() {
            Document late = serving(InvoiceKind.INVOICE, "1", "2025-11-21", "2026-01-29");
            create(late, "70.00");
            runTimers();

            assertThat(announced()).containsExactly(new RevenueDeferred(late, List.of(), amount("70.00")),
                    new RevenueRecognized(late, months("2025-11", "10.00"), amount("-10.00")),
                    new RevenueRecognized(late, months("2025-12", "31.00"), amount("-31.00")));
            advanceTo("2026-02-01");
            assertThat(account("1").total()).isEqualTo("70.00");
        }

        @Test
        void what_is_worth_nothing_is_deferred_and_recognized_all_the_same() {
            create(SERVICE, "0.00");
            advanceTo("2026-02-01");

            assertThat(announced()).containsExactly(new RevenueDeferred(SERVICE, List.of(), amount("0.00")),
                    new RevenueRecognized(SERVICE, months("2026-01", "0.00"), amount("0.00")));
        }

        @Test
        void a_credit_note_takes_back_what_is_deferred_and_month_by_month_what_is_earned() {
            Document note = serving(InvoiceKind.CREDIT_NOTE, "C1", "2026-01-16", "2026-04-15");
            create(note, "-90.00");
            advanceTo("2026-03-01");

            assertThat(announced()).containsExactly(new RevenueReversed(note, List.of(), amount("-90.00")),
                    new RevenueRecognized(note, months("2026-01", "-16.00"), amount("16.00")),
                    new RevenueRecognized(note, months("2026-02", "-28.00"), amount("28.00")));
        }

        @Test
        void an_adjustment_adjusts_what_is_deferred() {
            Document adjustment = serving(InvoiceKind.ADJUSTMENT, "A1", "2026-01-16", "2026-04-15");
            create(adjustment, "-90.00");

            assertThat(announced()).containsExactly(new RevenueAdjusted(adjustment, List.of(), amount("-90.00")));
        }

        @Test
        void a_month_follows_from_the_invoice_and_what_it_brings_from_the_month() {
            bus.publish(created(SERVICE, "90.00"), PublishOptions.options().key("1").correlationId("op-7"));
            advanceTo("2026-05-01");

            assertThat(bus).published(RecognitionDue.class).causedBy(InvoiceCreated.class).times(4);
            assertThat(bus).published(RevenueRecognized.class).causedBy(RecognitionDue.class).times(4);
            assertThat(bus.recorded().all()).extracting(recorded -> (EventEnvelope<?>) recorded.event())
                    .allMatch(event -> event.metadata().correlationId().equals("op-7"))
                    .allMatch(event -> "1".equals(event.metadata().key()));
        }
    }

    @Nested
    @DisplayNameGeneration(ReplaceUnderscores.class)
    class Changes_of_the_worth {
        @Test
        void an_update_before_the_first_month_has_passed_defers_more() {
            create(SERVICE, "90.00");
            update(SERVICE, 2, "9.00");
            advanceTo("2026-05-01");

            assertThat(announced()).startsWith(new RevenueDeferred(SERVICE, List.of(), amount("90.00")),
                    new RevenueAdjusted(SERVICE, List.of(), amount("9.00")),
                    new RevenueRecognized(SERVICE, months("2026-01", "17.60"), amount("-17.60")));
            assertThat(account("1").total()).isEqualTo("99.00");
        }

        @Test
        void an_update_between_two_months_restates_those_that_have_passed() {
            create(SERVICE, "90.00");
            advanceTo("2026-03-01");
            update(SERVICE, 2, "90.00");

            assertThat(announced()).last().isEqualTo(new RevenueAdjusted(SERVICE,
                    months("2026-01", "16.00", "2026-02", "28.00"), amount("46.00")));
            advanceTo("2026-05-01");
            assertThat(account("1").earnings().months().values()).containsExactly(amount("32.00"), amount("56.00"),
                    amount("62.00"), amount("30.00"));
        }

        @Test
        void an_update_after_the_last_month_restates_all_and_defers_nothing() {
            create(SERVICE, "90.00");
            advanceTo("2026-06-01");
            update(SERVICE, 2, "90.000");

            assertThat(announced()).last().isEqualTo(new RevenueAdjusted(SERVICE,
                    months("2026-01", "16.000", "2026-02", "28.000", "2026-03", "31.000", "2026-04", "15.000"),
                    amount("0.000")));
            assertThat(account("1").total()).isEqualByComparingTo("180");
        }

        @Test
        void refunds_in_parts_and_beyond_take_back_what_was_earned_and_what_is_deferred_and_no_more() {
            create(SERVICE, "90.00");
            advanceTo("2026-02-01");
            refund("p1", "45.00");
            refund("p2", "60.00");
            refund("p3", "1.00");

            assertThat(announced()).endsWith(
                    new RevenueReversed(SERVICE, months("2026-01", "-8.00"), amount("-37.00")),
                    new RevenueReversed(SERVICE, months("2026-01", "-8.00"), amount("-37.00")),
                    new RevenueReversed(SERVICE, List.of(), amount("0.00")));
            advanceTo("2026-06-01");
            assertThat(account("1").earnings().months()).hasSize(4);
            assertThat(account("1").total()).isZero();

            update(SERVICE, 2, "106.00"); // 196 billed, 106 given back
            assertThat(account("1").total()).isEqualByComparingTo("90.00");
        }

        @Test
        void voiding_takes_back_each_month_and_what_is_deferred_and_later_months_find_nothing_to_do() {
            create(SERVICE, "90.00");
            advanceTo("2026-03-01");
            publish(new InvoiceVoided(SERVICE, 2));

            assertThat(announced()).last().isEqualTo(new RevenueReversed(SERVICE,
                    months("2026-01", "-16.00", "2026-02", "-28.00"), amount("-46.00")));
            int before = announced().size();
            advanceTo("2026-06-01");
            assertThat(bus).published(RecognitionDue.class).times(4);
            assertThat(announced()).hasSize(before);
            assertThat(account("1").entries()).hasSize(before);
            assertThat(account("1").total()).isZero();
        }

        @Test
        void deleting_before_the_first_month_has_passed_takes_back_what_is_deferred() {
            create(SERVICE, "90.00");
            publish(new InvoiceDeleted(SERVICE, 2));

            assertThat(announced()).last().isEqualTo(new RevenueReversed(SERVICE, List.of(), amount("-90.00")));
            assertThat(account("1").earnings().deferred()).isZero();
        }

        @Test
        void a_refund_of_what_was_voided_takes_nothing_back() {
            create(SERVICE, "90.00");
            advanceTo("2026-02-01");
            publish(new InvoiceVoided(SERVICE, 2));
            refund("p1", "90.00");

            assertThat(announced()).last().isEqualTo(new RevenueReversed(SERVICE, List.of(), amount("0.00")));
            assertThat(account("1").total()).isZero();
        }

        @Test
        void a_refund_of_what_was_earned_at_once_counts_in_the_month_of_the_document() {
            create(invoice("1"), "2.505");
            advanceTo("2026-03-01");
            refund("p1", "1.00");
            refund("p2", "9.00");

            assertThat(announced()).endsWith(
                    new RevenueReversed(invoice("1"), at(invoice("1"), "-1.000"), BigDecimal.ZERO),
                    new RevenueReversed(invoice("1"), at(invoice("1"), "-1.505"), BigDecimal.ZERO));
            assertThat(account("1").total()).isZero();
            assertThat(bus.recorded().of(RecognitionDue.class)).isEmpty();
        }

        @Test
        void a_refund_of_an_invoice_that_nobody_knows_takes_nothing_back() {
            refund("p1", "1.00");

            assertThat(announced()).isEmpty();
            assertThat(repository.all()).isEmpty();
            assertThat(bus).hasNoDeadLetters();
        }

        @Test
        void tax_is_owed_for_what_is_billed_and_given_back_with_a_refund_but_not_for_months() {
            create(SERVICE, "90.00");
            assertThat(account("1").tax()).isEqualByComparingTo("18.00");
            advanceTo("2026-03-01");
            assertThat(account("1").tax()).isEqualByComparingTo("18.00");
            update(SERVICE, 2, "10.00");
            assertThat(account("1").tax()).isEqualByComparingTo("20.00");
            refund("p1", "50.00");
            assertThat(account("1").tax()).isEqualByComparingTo("10.00");
            publish(new InvoiceVoided(SERVICE, 3));
            assertThat(account("1").tax()).isZero();
        }
    }

    @Nested
    @DisplayNameGeneration(ReplaceUnderscores.class)
    class What_comes_twice_or_fails {
        @Test
        void an_event_that_comes_twice_is_a_duplicate() {
            create(SERVICE, "90.00");
            Receipt due = publish(new RecognitionDue("1", YearMonth.of(2026, 1)));
            Receipt refund = refund("p1", "45.00");

            Receipt dueAgain = publish(new RecognitionDue("1", YearMonth.of(2026, 1)), due);
            Receipt refundAgain = publish(new PaymentRefunded("p1", "1", amount("45.00")), refund);

            assertThat(dueAgain.outcomes()).containsEntry("revenue", Outcome.DUPLICATE);
            assertThat(refundAgain.outcomes()).containsEntry("revenue", Outcome.DUPLICATE);
            assertThat(account("1").entries()).hasSize(3);
            assertThat(account("1").total()).isEqualTo("8.00");
        }

        @Test
        void months_pass_while_the_tax_service_is_down() {
            create(SERVICE, "90.00");
            isTaxServiceDown = true;
            advanceTo("2026-05-01");

            assertThat(bus).retried("revenue", 0);
            assertThat(account("1").total()).isEqualTo("90.00");
        }

        @Test
        void a_timer_that_was_set_twice_finds_nothing_to_do_the_second_time() {
            create(SERVICE, "90.00");
            publish(new RecognitionDue("1", YearMonth.of(2026, 1)));
            publish(new RecognitionDue("1", YearMonth.of(2026, 1)));

            assertThat(bus).published(RevenueRecognized.class).times(1);
            assertThat(account("1").total()).isEqualTo("16.00");
        }

        @Test
        void a_month_makes_up_for_those_before_it_whose_timers_never_came() {
            create(SERVICE, "90.00");
            publish(new RecognitionDue("1", YearMonth.of(2026, 3)));
            publish(new RecognitionDue("1", YearMonth.of(2026, 1)));

            assertThat(bus).published(RevenueRecognized.class).times(1);
            assertThat(announced()).last().isEqualTo(new RevenueRecognized(SERVICE,
                    months("2026-01", "16.00", "2026-02", "28.00", "2026-03", "31.00"), amount("-75.00")));
        }

        @Test
        void a_month_of_no_service_is_no_revenue() {
            create(SERVICE, "90.00");
            create(invoice("2"), "5.00");
            publish(new RecognitionDue("1", YearMonth.of(2025, 12)));
            publish(new RecognitionDue("2", YearMonth.of(2025, 1)), PublishOptions.options().key("2"));
            publish(new RecognitionDue("3", YearMonth.of(2025, 1)), PublishOptions.options().key("3"));

            assertThat(announced()).hasSize(2);
            assertThat(bus).hasNoDeadLetters();
        }

        @Test
        void a_failure_before_the_write_of_a_month_or_a_refund_is_made_up_for() {
            create(SERVICE, "90.00");
            repository.failBefore(1);
            advanceTo("2026-02-01");
            repository.failBefore(1);
            refund("p1", "45.00");

            assertThat(bus).retried("revenue", 2);
            assertThat(announced()).endsWith(
                    new RevenueRecognized(SERVICE, months("2026-01", "16.00"), amount("-16.00")),
                    new RevenueReversed(SERVICE, months("2026-01", "-8.00"), amount("-37.00")));
        }

        @Test
        void a_failure_after_the_write_of_a_month_or_a_refund_enters_and_announces_once() {
            create(SERVICE, "90.00");
            repository.failAfter(1);
            advanceTo("2026-02-01");
            repository.failAfter(1);
            refund("p1", "45.00");

            assertThat(bus).retried("revenue", 2);
            assertThat(announced()).hasSize(3).endsWith(
                    new RevenueRecognized(SERVICE, months("2026-01", "16.00"), amount("-16.00")),
                    new RevenueReversed(SERVICE, months("2026-01", "-8.00"), amount("-37.00")));
            assertThat(account("1").entries()).hasSize(3).allMatch(entry -> entry.announcement() != null);
        }

        @Test
        void an_invoice_whose_timers_could_not_all_be_set_is_announced_once_and_earns_each_month_once() {
            timers.failAfter(2);
            create(SERVICE, "90.00");
            advanceTo("2026-06-01");

            assertThat(bus).retried("revenue", 1);
            assertThat(bus).published(RecognitionDue.class).times(6);
            assertThat(bus).published(RevenueDeferred.class).times(1);
            assertThat(bus).published(RevenueRecognized.class).times(4);
            assertThat(account("1").total()).isEqualTo("90.00");
        }

        @Test
        void what_changes_no_revenue_moves_the_revision_on_and_nothing_else() {
            create(SERVICE, "90.00");
            publish(new InvoiceReminderSent(SERVICE, 2, amount("90.00")));
            publish(new InvoiceOverdue(SERVICE, 3, amount("90.00")));
            publish(new InvoicePaymentReceived(SERVICE, 4, "p1", amount("90.00"), amount("0.00")));
            publish(new InvoicePaid(SERVICE, 5));

            assertThat(announced()).hasSize(1);
            assertThat(account("1").revision()).isEqualTo(5);
            assertThat(account("1").entries()).hasSize(1);
        }
    }

    private BigDecimal rate(String country) {
        if (isTaxServiceDown) {
            throw new TaxServiceDownException("no rate for " + country);
        }
        return new BigDecimal("0.2");
    }

    private void create(Document document, String worth) {
        publish(created(document, worth), PublishOptions.options().key(document.number()));
    }

    private static InvoiceCreated created(Document document, String worth) {
        return new InvoiceCreated(document, 1, List.of(line(1, worth)));
    }

    private void update(Document document, int revision, String more) {
        publish(new InvoiceUpdated(document, revision, List.of(line(1, more))));
    }

    private Receipt refund(String payment, String amount) {
        return publish(new PaymentRefunded(payment, "1", amount(amount)));
    }

    private Receipt publish(Object event) {
        return publish(event, PublishOptions.options().key("1"));
    }

    private Receipt publish(Object event, Receipt as) {
        return publish(event, PublishOptions.options().key("1").id(as.eventId()));
    }

    private Receipt publish(Object event, PublishOptions options) {
        Receipt receipt = bus.publish(event, options);
        bus.awaitIdle();
        return receipt;
    }

    private void advanceTo(String day) {
        advanceTo(LocalDate.parse(day).atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    private void advanceTo(Instant moment) {
        bus.advance(Duration.between(bus.time().wallClock().instant(), moment));
        bus.awaitIdle();
    }

    private void runTimers() {
        bus.advance(Duration.ZERO).awaitIdle();
    }

    private List<RevenueEvent> announced() {
        return bus.recorded().payloads(RevenueEvent.class);
    }

    private RevenueAccount account(String number) {
        return repository.find(number).orElseThrow();
    }

    private static Document serving(InvoiceKind kind, String number, String from, String to) {
        return Document.of(number, kind, LocalDate.of(2026, 1, 1), "20001", "France")
                .serving(new ServicePeriod(LocalDate.parse(from), LocalDate.parse(to)));
    }

    private static List<MonthlyAmount> months(String... monthsAndAmounts) {
        List<String> words = Arrays.asList(monthsAndAmounts);
        return IntStream.range(0, words.size() / 2)
                .mapToObj(i -> new MonthlyAmount(YearMonth.parse(words.get(2 * i)), amount(words.get(2 * i + 1))))
                .toList();
    }

    private static BigDecimal amount(String amount) {
        return new BigDecimal(amount);
    }
}
