/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.check;

import static dev.eventbus.examples.revenue.app.check.ExpectedFigures.exact;
import static dev.eventbus.testkit.assertion.EventBusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.examples.revenue.analytics.AnalyticsHandlers;
import dev.eventbus.examples.revenue.analytics.RevenueAnalytics;
import dev.eventbus.examples.revenue.app.fault.UnreliableRepository;
import dev.eventbus.examples.revenue.app.watch.Journal;
import dev.eventbus.examples.revenue.event.Document;
import dev.eventbus.examples.revenue.event.InvoiceCreated;
import dev.eventbus.examples.revenue.event.InvoiceDeleted;
import dev.eventbus.examples.revenue.event.InvoiceKind;
import dev.eventbus.examples.revenue.event.InvoiceUpdated;
import dev.eventbus.examples.revenue.event.InvoiceVoided;
import dev.eventbus.examples.revenue.event.PaymentRefunded;
import dev.eventbus.examples.revenue.event.RevenueEvent;
import dev.eventbus.examples.revenue.invoice.InMemoryInvoiceRepository;
import dev.eventbus.examples.revenue.invoice.Invoice;
import dev.eventbus.examples.revenue.invoice.InvoiceRepository;
import dev.eventbus.examples.revenue.invoice.InvoiceState;
import dev.eventbus.examples.revenue.operation.Action;
import dev.eventbus.examples.revenue.operation.InMemoryOperationLog;
import dev.eventbus.examples.revenue.operation.Operation;
import dev.eventbus.examples.revenue.operation.OperationLog;
import dev.eventbus.examples.revenue.revenue.InMemoryRevenueRepository;
import dev.eventbus.examples.revenue.revenue.RevenueHandlers;
import dev.eventbus.examples.revenue.revenue.RevenueRepository;
import dev.eventbus.examples.revenue.revenue.RevenueService;
import dev.eventbus.examples.revenue.revenue.RevenueSubscription;
import dev.eventbus.examples.revenue.tax.TaxTable;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.publish.Receipt;
import dev.eventbus.subscribe.Dispatch;
import dev.eventbus.testkit.TestEventBus;
import dev.eventbus.testkit.TestEventBusBuilder;
import dev.eventbus.testkit.junit.EventBusSetup;
import dev.eventbus.testkit.junit.EventBusTest;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Ten thousand invoices with random histories over two and a half years, against a recomputation that shares nothing with the
 * books but the histories: on repositories that fail, with events that come twice.
 */
@EventBusTest
@Timeout(120)
@DisplayNameGeneration(ReplaceUnderscores.class)
final class RandomHistoriesTest implements EventBusSetup {
    private static final long SEED = 2_026;
    private static final int HISTORIES = 10_000;
    private static final double FAILING = 0.02;
    private static final int ONE_IN = 20;
    private static final YearMonth LAST_PASSED = YearMonth.of(2028, 5);

    private final Random random = new Random(SEED);
    private final Journal journal = new Journal();
    private final RevenueAnalytics analytics = new RevenueAnalytics();
    private final RevenueRepository books = new InMemoryRevenueRepository();
    private final InvoiceRepository invoices = new InMemoryInvoiceRepository();
    private final OperationLog operations = new InMemoryOperationLog();
    private final Map<String, BigDecimal> refunds = new HashMap<>();
    private TestEventBus bus;
    private int operation;

    @Override
    public void setUp(TestEventBusBuilder builder) {
        builder.configure(b -> {
            b.dispatch(Dispatch.synchronous()).scheduledLimit(1_000_000).observe(journal)
                    .retry(RetryPolicy.fixed(Duration.ZERO).maxAttempts(10));
            RevenueSubscription.rules(b);
        });
    }

    @BeforeEach
    void subscribe(TestEventBus testBus) {
        bus = testBus;
        bus.recorded().expectFailuresOf("revenue");
        RevenueRepository unreliable = new UnreliableRepository(books, FAILING, new Random(SEED));
        RevenueHandlers handlers = new RevenueHandlers(new RevenueService(unreliable, new TaxTable()), bus, bus);
        bus.subscribe("revenue", s -> RevenueSubscription.of(s, handlers));
        bus.subscribe(RevenueEvent.class, "analytics", new AnalyticsHandlers(analytics)::changed);
    }

    @Test
    void books_and_announcements_are_exact_by_month_kind_and_customer() {
        List<History> histories = IntStream.range(0, HISTORIES).mapToObj(i -> History.random(i, random)).toList();
        ExpectedFigures expected = new ExpectedFigures(History.END);
        histories.forEach(expected::add);

        live(histories);

        MonthlyRevenue revenue = new MonthlyRevenue(books.all());
        assertThat(bus).hasNoDeadLetters();
        assertAgree(revenue.figures(), expected);
        assertAgree(Figures.announced(analytics), expected);
        assertThat(exact(kinds(revenue))).isEqualTo(expected.kinds());
        assertThat(expected.deferred()).hasSizeGreaterThan(100); // or nothing of it was tested
        assertThat(revenue.deferredByCustomer().values()).noneMatch(amount -> amount.signum() == 0);
        assertThat(revenue.deferred()).isEqualByComparingTo(sum(expected.deferred()));
        assertThat(revenue.total()).isEqualByComparingTo(sum(expected.customers()));
        assertChecksPass(revenue.figures());
    }

    private void assertAgree(Figures figures, ExpectedFigures expected) {
        assertThat(exact(figures.months())).isEqualTo(expected.months());
        assertThat(exact(figures.customers())).isEqualTo(expected.customers());
        assertThat(exact(figures.deferred())).isEqualTo(expected.deferred());
    }

    private void assertChecksPass(Figures booked) {
        Figures announced = Figures.announced(analytics);
        assertThat(new Reconciliation(invoices, refunds, LAST_PASSED).compare(booked, announced).findings()).isEmpty();
        assertThat(new Tracing(operations, books, journal).walk().findings()).isEmpty();
        assertThat(
                new Reconciliation(invoices, refunds, LAST_PASSED.minusMonths(1)).compare(booked, announced).passed())
                .isFalse();
        assertThat(new Reconciliation(invoices, Map.of(), LAST_PASSED).compare(booked, announced).passed()).isFalse();
    }

    private void live(List<History> histories) {
        SortedMap<LocalDate, List<Runnable>> days = new TreeMap<>();
        histories.forEach(history -> history.steps().forEach(step -> days
                .computeIfAbsent(step.day(), day -> new ArrayList<>()).add(() -> take(history.document(), step))));
        LocalDate today = History.BEGIN;
        for (Map.Entry<LocalDate, List<Runnable>> day : days.entrySet()) {
            bus.advance(Duration.ofDays(day.getKey().toEpochDay() - today.toEpochDay()));
            today = day.getKey();
            day.getValue().forEach(Runnable::run);
        }
        bus.advance(Duration.ofDays(History.END.toEpochDay() - today.toEpochDay())).awaitIdle();
    }

    private void take(Document document, History.Step step) {
        String number = document.number();
        Invoice before = invoices.find(number).orElse(null);
        int revision = before == null ? 1 : before.revision() + 1;
        switch (step) {
            case History.Bill bill -> {
                invoices.save(before == null ? Invoice.create(document, bill.lines()) : before.add(bill.lines()));
                publish(number, revision, before == null ? Action.CREATE : Action.UPDATE, before == null
                        ? new InvoiceCreated(document, 1, bill.lines())
                        : new InvoiceUpdated(document, revision, bill.lines()));
            }
            case History.Refund refund -> {
                refunds.merge(number, refund.amount(), BigDecimal::add);
                publish(number, revision, Action.REFUND, new PaymentRefunded("p", number, refund.amount()));
            }
            case History.Void end -> {
                invoices.save(before.become(InvoiceState.VOIDED));
                publish(number, revision, Action.VOID, new InvoiceVoided(document, revision));
            }
            case History.Delete end -> {
                invoices.save(before.become(InvoiceState.DELETED));
                publish(number, revision, Action.DELETE, new InvoiceDeleted(document, revision));
            }
        }
    }

    private void publish(String number, int revision, Action action, Object event) {
        String id = "op-" + ++operation;
        operations.keep(new Operation(id, action, number, revision));
        PublishOptions options = PublishOptions.options().key(number).correlationId(id);
        Receipt receipt = bus.publish(event, options);
        if (random.nextInt(ONE_IN) == 0) {
            bus.publish(event, options.id(receipt.eventId()));
        }
    }

    private static BigDecimal sum(Map<?, BigDecimal> sums) {
        return sums.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Map<InvoiceKind, BigDecimal> kinds(MonthlyRevenue revenue) {
        Map<InvoiceKind, BigDecimal> kinds = new EnumMap<>(InvoiceKind.class);
        for (InvoiceKind kind : InvoiceKind.values()) {
            kinds.put(kind, revenue.of(kind));
        }
        return Collections.unmodifiableMap(kinds);
    }
}
