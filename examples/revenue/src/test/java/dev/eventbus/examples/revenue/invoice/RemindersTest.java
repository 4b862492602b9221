/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.invoice;

import static dev.eventbus.examples.revenue.Invoices.line;
import static dev.eventbus.examples.revenue.invoice.InvoiceLayer.DUE;
import static dev.eventbus.examples.revenue.invoice.InvoiceLayer.TODAY;
import static dev.eventbus.examples.revenue.invoice.InvoiceLayer.due;
import static dev.eventbus.examples.revenue.invoice.InvoiceLayer.gbp;
import static dev.eventbus.testkit.assertion.EventBusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.examples.revenue.event.Deadline;
import dev.eventbus.examples.revenue.event.Document;
import dev.eventbus.examples.revenue.event.InvoiceCreated;
import dev.eventbus.examples.revenue.event.InvoiceEvent;
import dev.eventbus.examples.revenue.event.InvoiceKind;
import dev.eventbus.examples.revenue.event.InvoiceOverdue;
import dev.eventbus.examples.revenue.event.InvoiceReminderSent;
import dev.eventbus.examples.revenue.event.PaymentDue;
import dev.eventbus.examples.revenue.event.PaymentSucceeded;
import dev.eventbus.examples.revenue.event.ReminderDue;
import dev.eventbus.publish.EventScheduler;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.publish.ScheduledPublish;
import dev.eventbus.testkit.RecordedEvents;
import dev.eventbus.testkit.TestEventBus;
import dev.eventbus.testkit.TestEventBusBuilder;
import dev.eventbus.testkit.junit.EventBusSetup;
import dev.eventbus.testkit.junit.EventBusTest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Timers of invoices that are to be paid, on virtual time. */
@EventBusTest
@DisplayNameGeneration(ReplaceUnderscores.class)
final class RemindersTest implements EventBusSetup {
    private static final Instant REMINDER = midnight(LocalDate.of(2026, 1, 28));
    private static final Instant OVERDUE = midnight(LocalDate.of(2026, 2, 1));

    private final BreakableInvoices repository = new BreakableInvoices();
    private TestEventBus bus;
    private RecordedEvents recorded;
    private InvoiceLayer layer;

    /** What ends the wait for money. */
    enum End {
        PAID_ELSEWHERE(test -> test.layer.actions.pay("1")), PAID_IN_FULL(
                test -> test.pay("p1", "10.00")), PAID_IN_PARTS(test -> {
                    test.pay("p1", "4.00");
                    test.pay("p2", "6.00");
                }), VOIDED(test -> test.layer.actions.declareVoid("1")), DELETED(
                        test -> test.layer.actions.delete("1"));

        private final Consumer<RemindersTest> step;

        End(Consumer<RemindersTest> step) {
            this.step = step;
        }
    }

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
    void an_open_invoice_is_reminded_three_days_before_its_due_date_and_overdue_the_day_after() {
        create(due("1"));

        until(REMINDER.minusMillis(1));
        assertThat(recorded).never(Deadline.class);
        until(REMINDER);
        assertThat(recorded.payloads(InvoiceEvent.class)).last()
                .isEqualTo(new InvoiceReminderSent(due("1"), 2, gbp("10.00")));
        until(OVERDUE.minusMillis(1));
        assertThat(recorded).never(InvoiceOverdue.class);
        until(OVERDUE);
        assertThat(recorded.payloads(InvoiceEvent.class)).last()
                .isEqualTo(new InvoiceOverdue(due("1"), 3, gbp("10.00")));

        assertThat(recorded).published(InvoiceReminderSent.class).causedBy(ReminderDue.class);
        assertThat(recorded).published(InvoiceOverdue.class).causedBy(PaymentDue.class);
        assertThat(recorded.of(InvoiceEvent.class)).extracting(event -> event.event().metadata().correlationId())
                .containsOnly("op-1");
        assertThat(recorded.of(Deadline.class)).extracting(event -> event.event().metadata().key()).containsOnly("1");
        assertThat(layer.reminders.size()).isZero();
    }

    @ParameterizedTest
    @EnumSource(End.class)
    void whatever_ends_the_wait_for_money_takes_both_timers_back(End end) {
        create(due("1"));
        assertThat(layer.reminders.size()).isEqualTo(1);
        until(REMINDER.minusMillis(1));
        end.step.accept(this);
        bus.awaitIdle();
        until(OVERDUE.plusSeconds(1));

        assertThat(recorded).never(Deadline.class).hasNoDeadLetters();
        assertThat(layer.reminders.size()).isZero();
    }

    @ParameterizedTest
    @EnumSource(End.class)
    void whatever_comes_after_the_reminder_takes_the_other_timer_back(End end) {
        create(due("1"));
        until(REMINDER);
        end.step.accept(this);
        bus.awaitIdle();
        until(OVERDUE.plusSeconds(1));

        assertThat(recorded).published(InvoiceReminderSent.class).times(1).and().never(PaymentDue.class)
                .never(InvoiceOverdue.class);
    }

    @Test
    void a_payment_in_part_takes_nothing_back_and_makes_the_reminder_smaller() {
        create(due("1"));
        pay("p1", "4.00");
        until(OVERDUE);

        assertThat(recorded.payloads(InvoiceReminderSent.class)).extracting(InvoiceReminderSent::outstanding)
                .containsExactly(gbp("6.00"));
        assertThat(recorded.payloads(InvoiceOverdue.class)).extracting(InvoiceOverdue::outstanding)
                .containsExactly(gbp("6.00"));
    }

    @Test
    void nobody_is_reminded_before_the_invoice_was_written() {
        create(Document.of("1", InvoiceKind.INVOICE, TODAY.plusDays(29), "20001", "France").dueOn(DUE));

        until(midnight(TODAY.plusDays(29)).minusMillis(1));
        assertThat(recorded).never(Deadline.class);
        until(midnight(TODAY.plusDays(29)));
        assertThat(recorded).published(InvoiceReminderSent.class).times(1);
    }

    @Test
    void days_that_have_passed_are_due_at_once() {
        create(Document.of("1", InvoiceKind.INVOICE, TODAY.minusDays(60), "20001", "France")
                .dueOn(TODAY.minusDays(30)));
        bus.advance(Duration.ofMillis(1));

        assertThat(recorded.payloads(InvoiceEvent.class)).extracting(InvoiceEvent::revision).containsExactly(1, 2, 3);
        assertThat(recorded).published(InvoiceReminderSent.class).times(1).and().published(InvoiceOverdue.class)
                .times(1);
    }

    @Test
    void only_invoices_with_a_due_date_have_timers() {
        layer.actions.create(Document.of("1", InvoiceKind.INVOICE, TODAY, "20001", "France"),
                List.of(line(1, "10.00")));
        layer.actions.create(Document.of("C2", InvoiceKind.CREDIT_NOTE, TODAY, "20001", "France").dueOn(DUE),
                List.of(line(-1, "10.00")));
        bus.awaitIdle();
        until(OVERDUE);

        assertThat(recorded).never(Deadline.class);
        assertThat(layer.reminders.size()).isZero();
    }

    @Test
    void a_deadline_that_comes_again_or_too_late_changes_nothing() {
        create(due("1"));
        until(OVERDUE);
        publish(new PaymentDue("1"));
        publish(new ReminderDue("1"));
        layer.actions.pay("1");
        publish(new PaymentDue("1"));

        assertThat(recorded.payloads(InvoiceEvent.class)).extracting(InvoiceEvent::revision).containsExactly(1, 2, 3,
                4);
    }

    @Test
    void what_is_added_to_a_paid_invoice_is_not_asked_for() {
        create(due("1"));
        layer.actions.pay("1");
        layer.actions.update("1", List.of(line(1, "1.00")));
        publish(new ReminderDue("1"));
        publish(new PaymentDue("1"));

        assertThat(recorded.payloads(InvoiceEvent.class)).extracting(InvoiceEvent::revision).containsExactly(1, 2, 3);
        assertThat(repository.find("1").orElseThrow().outstanding()).isEqualByComparingTo("1.00");
    }

    @Test
    void an_open_invoice_that_nothing_is_outstanding_of_is_left_alone() {
        layer.actions.create(due("1"), List.of(line(1, "0.00")));
        bus.awaitIdle();
        until(OVERDUE);

        assertThat(recorded).published(PaymentDue.class).times(1).and().never(InvoiceOverdue.class)
                .never(InvoiceReminderSent.class).hasNoDeadLetters();
    }

    @ParameterizedTest
    @EnumSource(names = {"REMINDED", "OVERDUE"})
    void a_retry_between_publish_and_save_asks_once(Dunning stage) {
        create(due("1"));
        recorded.expectFailuresOf("invoices");
        until(stage == Dunning.REMINDED ? REMINDER.minusMillis(1) : OVERDUE.minusMillis(1));
        repository.failNext(2);
        until(OVERDUE.plusSeconds(10));

        assertThat(recorded).retried("invoices", 2);
        assertThat(recorded.payloads(InvoiceEvent.class)).extracting(InvoiceEvent::revision).containsExactly(1, 2, 3);
    }

    @Test
    void an_attempt_that_set_one_timer_and_failed_leaves_no_second_one_behind() {
        AtomicInteger calls = new AtomicInteger();
        EventScheduler stumbling = new EventScheduler() {
            @Override
            public ScheduledPublish publishAfter(Duration delay, Object payload, PublishOptions options) {
                return bus.publishAfter(delay, payload, options);
            }

            @Override
            public ScheduledPublish publishAt(Instant due, Object payload, PublishOptions options) {
                if (calls.incrementAndGet() == 2) {
                    throw new IllegalStateException("not scheduled");
                }
                return bus.publishAt(due, payload, options);
            }
        };
        recorded.expectFailuresOf("stumbling");
        Reminders reminders = new Reminders(stumbling);
        bus.subscribe("stumbling", s -> s.on(InvoiceCreated.class, reminders::created));
        bus.publish(new InvoiceCreated(due("2"), 1, List.of(line(1, "1.00")))); // the layer sets timers too
        bus.awaitIdle();
        recorded.expectFailuresOf("invoices");
        until(OVERDUE);

        assertThat(recorded).published(ReminderDue.class).times(2).and().published(PaymentDue.class).times(2);
    }

    private void create(Document document) {
        layer.actions.create(document, List.of(line(1, "10.00")));
        bus.awaitIdle();
    }

    private void pay(String paymentId, String amount) {
        publish(new PaymentSucceeded(paymentId, "1", gbp(amount)));
    }

    private void publish(Object event) {
        bus.publish(event, PublishOptions.options().key("1"));
        bus.awaitIdle();
    }

    private void until(Instant moment) {
        bus.advance(Duration.between(bus.time().wallClock().instant(), moment));
    }

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
