/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app;

import dev.eventbus.examples.revenue.app.check.Completeness;
import dev.eventbus.examples.revenue.app.check.Figures;
import dev.eventbus.examples.revenue.app.check.MonthlyRevenue;
import dev.eventbus.examples.revenue.app.check.Order;
import dev.eventbus.examples.revenue.app.check.Reconciliation;
import dev.eventbus.examples.revenue.app.check.Speed;
import dev.eventbus.examples.revenue.app.check.Tracing;
import dev.eventbus.examples.revenue.app.report.EventFigures;
import dev.eventbus.examples.revenue.app.report.Rankings;
import dev.eventbus.examples.revenue.app.report.Recovery;
import dev.eventbus.examples.revenue.app.report.Rows;
import dev.eventbus.examples.revenue.app.report.RunReport;
import dev.eventbus.examples.revenue.app.report.Setup;
import dev.eventbus.examples.revenue.app.report.TreeGrower;
import dev.eventbus.examples.revenue.app.report.Verdict;
import dev.eventbus.examples.revenue.app.watch.Percentiles;
import dev.eventbus.observe.BusMetrics;
import dev.eventbus.observe.CloseReport;
import dev.eventbus.observe.SubscriptionMetrics;
import java.time.Duration;
import java.util.function.ToLongFunction;

/** Draws up the report of a system that has come to rest. */
final class Accountant {
    private static final int RANKS = 5;

    private final Settings settings;
    private final RevenueSystem system;

    Accountant(Settings settings, RevenueSystem system) {
        this.settings = settings;
        this.system = system;
    }

    RunReport draw(Setup setup, Rows rows, Recovery recovery, CloseReport closed, Duration elapsed) {
        MonthlyRevenue revenue = new MonthlyRevenue(system.books().kept().all());
        EventFigures events = events(recovery, closed);
        Percentiles latency = system.latency().percentiles();
        Rankings rankings = new Rankings(system.analytics().topCountries(RANKS),
                system.analytics().topCustomers(RANKS));
        TreeGrower tree = new TreeGrower(system.operations(), system.books().kept(), system.journal());
        return new RunReport(setup, system.invoices().size(), rows, events, revenue, rankings, tree.grow(), recovery,
                latency,
                elapsed, verdict(revenue, latency, events));
    }

    private EventFigures events(Recovery recovery, CloseReport closed) {
        BusMetrics metrics = system.bus().inspect().metrics();
        // A redrive is a further round with an end of its own; what the shutdown returned has ended and was not done.
        long rounds = system.journal().deliveries() + recovery.redrive().handled() + recovery.redrive().failed();
        long lost = rounds - sum(metrics, SubscriptionMetrics::settled) + closed.returned().size();
        return new EventFigures(metrics.published(), system.journal().types(),
                sum(metrics, SubscriptionMetrics::handled),
                sum(metrics, SubscriptionMetrics::retries), sum(metrics, SubscriptionMetrics::duplicates),
                system.bus().circuitBreaker(RevenueSystem.TAX).metrics().opened(), metrics.deadLetters(), lost);
    }

    private Verdict verdict(MonthlyRevenue revenue, Percentiles latency, EventFigures events) {
        Reconciliation reconciliation = new Reconciliation(system.invoices());
        Tracing tracing = new Tracing(system.operations(), system.books().kept(), system.journal());
        return new Verdict(reconciliation.compare(revenue.figures(), Figures.announced(system.analytics())), tracing.walk(),
                new Order().judge(system.turns().handled(), system.turns().missed()),
                new Speed(!settings.injectsFailures()).judge(latency),
                new Completeness().judge(system.journal().deliveries(), events.lost()));
    }

    private static long sum(BusMetrics metrics, ToLongFunction<SubscriptionMetrics> counter) {
        return metrics.subscriptions().values().stream().mapToLong(counter).sum();
    }
}
