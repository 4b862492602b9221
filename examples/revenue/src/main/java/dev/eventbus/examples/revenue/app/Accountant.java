/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app;

import dev.eventbus.examples.revenue.app.check.Completeness;
import dev.eventbus.examples.revenue.app.check.Coverage;
import dev.eventbus.examples.revenue.app.check.Figures;
import dev.eventbus.examples.revenue.app.check.MonthlyRevenue;
import dev.eventbus.examples.revenue.app.check.Order;
import dev.eventbus.examples.revenue.app.check.Reconciliation;
import dev.eventbus.examples.revenue.app.check.Speed;
import dev.eventbus.examples.revenue.app.check.Tracing;
import dev.eventbus.examples.revenue.app.report.EventFigures;
import dev.eventbus.examples.revenue.app.report.Mails;
import dev.eventbus.examples.revenue.app.report.Rankings;
import dev.eventbus.examples.revenue.app.report.Recovery;
import dev.eventbus.examples.revenue.app.report.Rows;
import dev.eventbus.examples.revenue.app.report.RunReport;
import dev.eventbus.examples.revenue.app.report.Setup;
import dev.eventbus.examples.revenue.app.report.TreeGrower;
import dev.eventbus.examples.revenue.app.report.Verdict;
import dev.eventbus.examples.revenue.app.watch.Percentiles;
import dev.eventbus.examples.revenue.payment.Payment;
import dev.eventbus.examples.revenue.payment.PaymentRequest;
import dev.eventbus.examples.revenue.payment.PaymentState;
import dev.eventbus.observe.BusMetrics;
import dev.eventbus.observe.CloseReport;
import dev.eventbus.observe.SubscriptionMetrics;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** Draws up the report of a system that has come to rest. */
final class Accountant {
    private static final int RANKS = 5;

    private final Settings settings;
    private final RevenueSystem system;

    Accountant(Settings settings, RevenueSystem system) {
        this.settings = settings;
        this.system = system;
    }

    RunReport draw(Setup setup, Rows rows, Mails mails, Recovery recovery, CloseReport closed, Duration elapsed) {
        MonthlyRevenue revenue = new MonthlyRevenue(system.books().kept().all());
        EventFigures events = events(recovery, closed);
        Percentiles latency = system.latency().percentiles();
        Rankings rankings = new Rankings(system.layers().analytics().topCountries(RANKS),
                system.layers().analytics().topCustomers(RANKS));
        TreeGrower tree = new TreeGrower(system.layers().operations(), system.books().kept(), system.journal());
        return new RunReport(setup, system.layers().invoices().size(), rows, events, revenue, rankings, tree.grow(),
                mails, recovery,
                latency,
                elapsed, verdict(revenue, latency, events));
    }

    private EventFigures events(Recovery recovery, CloseReport closed) {
        BusMetrics metrics = system.bus().inspect().metrics();
        // A redrive is a further round with an end of its own; what the shutdown returned has ended and was not done.
        long rounds = system.journal().deliveries() + recovery.redrive().handled() + recovery.redrive().failed();
        long lost = rounds - sum(metrics, SubscriptionMetrics::settled) + closed.returned().size();
        return new EventFigures(metrics.published(), types(),
                sum(metrics, SubscriptionMetrics::handled),
                sum(metrics, SubscriptionMetrics::retries), sum(metrics, SubscriptionMetrics::duplicates),
                system.bus().circuitBreaker(RevenueSystem.TAX).metrics().opened(), metrics.deadLetters(), lost);
    }

    // Of what the scenario is to show, what it does not show is told too.
    private SortedMap<String, Long> types() {
        SortedMap<String, Long> types = new TreeMap<>();
        if (settings.isBundled()) {
            Coverage.types().forEach(type -> types.put(type, 0L));
        }
        types.putAll(system.journal().types());
        return types;
    }

    private Verdict verdict(MonthlyRevenue revenue, Percentiles latency, EventFigures events) {
        Layers layers = system.layers();
        Reconciliation reconciliation = new Reconciliation(layers.invoices(), refunds(), lastMonth());
        Tracing tracing = new Tracing(layers.operations(), system.books().kept(), system.journal());
        return new Verdict(reconciliation.compare(revenue.figures(), Figures.announced(layers.analytics())),
                tracing.walk(),
                new Order().judge(system.turns().handled(), system.turns().missed()),
                new Speed(!settings.faults().slowDown()).judge(latency),
                new Completeness().judge(system.journal().deliveries(), events.lost()),
                new Coverage().judge(events.byType(), settings.isBundled()));
    }

    // What was given back, by number of the invoice, as the payments say.
    private Map<String, BigDecimal> refunds() {
        return system.layers().payments().all().filter(payment -> payment.state() == PaymentState.REFUNDED)
                .map(Payment::request)
                .collect(Collectors.toMap(PaymentRequest::number, PaymentRequest::amount, BigDecimal::add));
    }

    // The month of the latest midnight at which a service was rendered: one that ends with the month counts.
    private YearMonth lastMonth() {
        return YearMonth.from(system.almanac().now().atZone(ZoneOffset.UTC)).minusMonths(1);
    }

    private static long sum(BusMetrics metrics, ToLongFunction<SubscriptionMetrics> counter) {
        return metrics.subscriptions().values().stream().mapToLong(counter).sum();
    }
}
