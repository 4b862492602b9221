/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app;

import dev.eventbus.EventBus;
import dev.eventbus.EventBusBuilder;
import dev.eventbus.examples.revenue.app.check.MonthlyRevenue;
import dev.eventbus.examples.revenue.app.eventfile.EventFileException;
import dev.eventbus.examples.revenue.app.eventfile.EventLines;
import dev.eventbus.examples.revenue.app.replay.NoTimers;
import dev.eventbus.examples.revenue.app.replay.Replay;
import dev.eventbus.examples.revenue.app.replay.ReplayChecks;
import dev.eventbus.examples.revenue.app.replay.ReplayReport;
import dev.eventbus.examples.revenue.revenue.InMemoryRevenueRepository;
import dev.eventbus.examples.revenue.revenue.RevenueHandlers;
import dev.eventbus.examples.revenue.revenue.RevenueRepository;
import dev.eventbus.examples.revenue.revenue.RevenueService;
import dev.eventbus.examples.revenue.tax.TaxTable;
import dev.eventbus.observe.CloseReport;
import dev.eventbus.observe.SubscriptionMetrics;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.subscribe.Dispatch;
import java.nio.file.Path;
import java.time.Duration;

/** One replay: rebuilds revenue from a file of events alone, in an empty repository, and compares it with the file. */
final class ReplayRun {
    private static final Duration SHUTDOWN = Duration.ofSeconds(30);
    // Nothing here gets better by another attempt.
    private static final RetryPolicy ONCE = RetryPolicy.never();

    private final DispatchMode dispatch;

    ReplayRun(DispatchMode dispatch) {
        this.dispatch = dispatch;
    }

    /**
     * Runs.
     *
     * @param file what a run with {@code --events} has written
     * @return what it came to
     * @throws EventFileException if the file cannot be read
     */
    ReplayReport run(Path file) {
        RevenueRepository books = new InMemoryRevenueRepository();
        try (EventLines lines = EventLines.open(file);
                EventBus bus = new Validators().register(RevenueSystem.builder(dispatch, ONCE)).build();
                EventBus others = new Validators().register(others()).build()) {
            new Subscriptions(bus, dispatch)
                    .revenue(new RevenueHandlers(new RevenueService(books, new TaxTable()), bus, new NoTimers()));
            Replay replay = new Replay(bus, others);
            replay.read(lines);
            return report(lines.name(), replay, books, bus, bus.shutdown(SHUTDOWN));
        }
    }

    private static EventBusBuilder others() {
        return EventBus.builder("others").dispatch(Dispatch.synchronous());
    }

    private ReplayReport report(String file, Replay replay, RevenueRepository books, EventBus bus, CloseReport closed) {
        SubscriptionMetrics metrics = bus.inspect().metrics().subscriptions().get(Subscriptions.REVENUE);
        int letters = bus.inspect().metrics().deadLetters();
        MonthlyRevenue rebuilt = new MonthlyRevenue(books.all());
        long accounts = books.all().count();
        return new ReplayReport(file, dispatch.label(), replay.events(), accounts,
                metrics == null ? 0 : metrics.duplicates(),
                letters, rebuilt, replay.announced(),
                new ReplayChecks(replay).judge(rebuilt.figures(), accounts, letters + closed.returned().size()));
    }
}
