/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app;

import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.deadletter.DeadLetters;
import dev.eventbus.deadletter.RedriveReport;
import dev.eventbus.examples.revenue.app.input.InputException;
import dev.eventbus.examples.revenue.app.input.RejectedRows;
import dev.eventbus.examples.revenue.app.input.RetailFile;
import dev.eventbus.examples.revenue.app.input.RetailRows;
import dev.eventbus.examples.revenue.app.report.Recovery;
import dev.eventbus.examples.revenue.app.report.Rows;
import dev.eventbus.examples.revenue.app.report.RunReport;
import dev.eventbus.examples.revenue.app.report.Setup;
import dev.eventbus.observe.CloseReport;
import dev.eventbus.spi.Clocks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

/** One run: reads the input, lets the bus work, mends what failed and redrives it, and draws up the report. */
final class RevenueRun {
    private static final Duration SHUTDOWN = Duration.ofSeconds(30);
    private static final DeadLetterQuery SOME = DeadLetterQuery.all().limit(5);

    private final Settings settings;
    private final Clocks clocks;
    private final Intake intake;
    private final int warmUps;

    RevenueRun(Settings settings, Clocks clocks, Progress progress, int warmUps) {
        this.settings = settings;
        this.clocks = clocks;
        this.intake = new Intake(progress);
        this.warmUps = warmUps;
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
            new WarmUp(warmUps, intake).run(settings);
            long begun = clocks.monotonicNanos();
            intake.feed(rows, rejected, system);
            Duration elapsed = Duration.ofNanos(clocks.monotonicNanos() - begun);
            Recovery recovery = recover(system);
            CloseReport closed = system.bus().shutdown(SHUTDOWN);
            return new Accountant(settings, system).draw(setup(file.name()),
                    new Rows(rows.read(), rejected.count(), rejected.kept()), recovery, closed, elapsed);
        } catch (IOException unclosed) {
            throw new UncheckedIOException(unclosed);
        }
    }

    private Setup setup(String input) {
        return new Setup(input, settings.dispatch().label(), settings.clients(), warmUps);
    }

    private Recovery recover(RevenueSystem system) {
        DeadLetters letters = system.bus().deadLetters();
        int count = letters.size();
        List<DeadLetter> parked = letters.find(SOME);
        RedriveReport redrive = new RedriveReport(0, 0, 0);
        if (count > 0) {
            system.mend();
            redrive = letters.redrive(DeadLetterQuery.all()); // each invoice from its first letter on
            intake.rest(system);
        }
        return new Recovery(system.diary().firstRecovered(), count, parked, redrive, letters.find(SOME));
    }
}
