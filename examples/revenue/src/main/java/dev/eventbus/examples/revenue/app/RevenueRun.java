/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app;

import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.deadletter.DeadLetterReason;
import dev.eventbus.deadletter.DeadLetters;
import dev.eventbus.deadletter.RedriveReport;
import dev.eventbus.examples.revenue.app.input.InputException;
import dev.eventbus.examples.revenue.app.input.InvoiceFeed;
import dev.eventbus.examples.revenue.app.input.RejectedRows;
import dev.eventbus.examples.revenue.app.input.RetailFile;
import dev.eventbus.examples.revenue.app.input.RetailRows;
import dev.eventbus.examples.revenue.app.input.Row;
import dev.eventbus.examples.revenue.app.report.Recovery;
import dev.eventbus.examples.revenue.app.report.Rows;
import dev.eventbus.examples.revenue.app.report.RunReport;
import dev.eventbus.observe.CloseReport;
import dev.eventbus.spi.Clocks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

/** One run: reads the input, lets the bus work, mends what was rehearsed, and draws up the report. */
final class RevenueRun {
    private static final Duration SHUTDOWN = Duration.ofSeconds(30);
    private static final int MOST_LEFT = 5;

    private final Settings settings;
    private final Clocks clocks;
    private final Progress progress;

    RevenueRun(Settings settings, Clocks clocks, Progress progress) {
        this.settings = settings;
        this.clocks = clocks;
        this.progress = progress;
    }

    /**
     * Runs.
     *
     * @return what it came to
     * @throws InputException if the input cannot be used
     */
    RunReport run() {
        RetailFile file = new RetailFile(settings.input());
        RejectedRows rejected = new RejectedRows();
        try (RetailRows rows = file.open(rejected); RevenueSystem system = new RevenueSystem(settings)) {
            long begun = clocks.monotonicNanos();
            feed(rows, rejected, system);
            Duration elapsed = Duration.ofNanos(clocks.monotonicNanos() - begun);
            Recovery recovery = recover(system);
            CloseReport closed = system.bus().shutdown(SHUTDOWN);
            return new Accountant(settings, system).draw(file.name(),
                    new Rows(rows.read(), rejected.count(), rejected.kept()), recovery, closed, elapsed);
        } catch (IOException unclosed) {
            throw new UncheckedIOException(unclosed);
        }
    }

    private void feed(RetailRows rows, RejectedRows rejected, RevenueSystem system) {
        InvoiceFeed feed = new InvoiceFeed(system.actions(), system.invoices(), rejected);
        try {
            for (Row row = rows.next(); row != null; row = rows.next()) {
                feed.accept(row);
                progress.show(rows.read(), system.invoices().size());
            }
            feed.end();
        } finally {
            progress.end();
        }
    }

    private Recovery recover(RevenueSystem system) {
        DeadLetters letters = system.bus().deadLetters();
        DeadLetterQuery exhausted = DeadLetterQuery.all().reason(DeadLetterReason.ATTEMPTS_EXHAUSTED);
        List<DeadLetter> redriven = List.of();
        RedriveReport redrive = new RedriveReport(0, 0, 0);
        if (settings.isRehearsed()) {
            redriven = letters.find(exhausted);
            system.books().rehearsed().mend();
            redrive = letters.redrive(exhausted);
        }
        List<DeadLetter> left = letters.find(DeadLetterQuery.all().limit(MOST_LEFT));
        return new Recovery(system.diary().firstRecovered(), redriven, redrive, left);
    }
}
