/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app;

import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.deadletter.DeadLetters;
import dev.eventbus.deadletter.RedriveReport;
import dev.eventbus.examples.revenue.app.eventfile.EventFileException;
import dev.eventbus.examples.revenue.app.eventfile.EventFileWriter;
import dev.eventbus.examples.revenue.app.input.InputException;
import dev.eventbus.examples.revenue.app.input.RejectedRows;
import dev.eventbus.examples.revenue.app.input.RetailFile;
import dev.eventbus.examples.revenue.app.input.RetailRows;
import dev.eventbus.examples.revenue.app.report.Mails;
import dev.eventbus.examples.revenue.app.report.Recovery;
import dev.eventbus.examples.revenue.app.report.Rows;
import dev.eventbus.examples.revenue.app.report.RunReport;
import dev.eventbus.examples.revenue.app.report.Setup;
import dev.eventbus.observe.CloseReport;
import dev.eventbus.spi.Clocks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
     * @throws EventFileException if the file of all events cannot be written
     * @throws OutputException if there is no place for the mails
     */
    RunReport run() {
        RetailFile file = new RetailFile(settings.input());
        RejectedRows rejected = new RejectedRows();
        CountedOutbox outbox = CountedOutbox.of(settings.outputs().outbox());
        try (RetailRows rows = file.open(rejected);
                EventFileWriter events = events();
                RevenueSystem system = new RevenueSystem(settings, outbox,
                        events == null ? List.of() : List.of(events))) {
            new WarmUp(warmUps, intake).run(settings);
            long begun = clocks.monotonicNanos();
            intake.feed(rows, rejected, system);
            Recovery recovery = recover(system);
            int operations = settings.isBundled() ? intake.play(system) : 0; // whoever brings a file wants that file alone
            Duration elapsed = Duration.ofNanos(clocks.monotonicNanos() - begun);
            CloseReport closed = system.bus().shutdown(SHUTDOWN);
            if (events != null) {
                events.end();
            }
            return new Accountant(settings, system).draw(setup(file.name(), operations),
                    new Rows(rows.read(), rejected.count(), rejected.kept()),
                    new Mails(outbox.count(), settings.outputs().outbox()),
                    recovery.leaving(system.bus().deadLetters().find(SOME)), closed, elapsed);
        } catch (IOException unclosed) {
            throw new UncheckedIOException(unclosed);
        }
    }

    private @Nullable EventFileWriter events() {
        Path file = settings.outputs().events();
        return file == null ? null : EventFileWriter.create(file, clocks);
    }

    private Setup setup(String input, int operations) {
        return new Setup(input, operations, settings.dispatch().label(), settings.clients(), warmUps);
    }

    private Recovery recover(RevenueSystem system) {
        DeadLetters letters = system.bus().deadLetters();
        int count = letters.size();
        List<DeadLetter> parked = letters.find(SOME);
        RedriveReport redrive = new RedriveReport(0, 0, 0);
        system.mend();
        if (count > 0) {
            redrive = letters.redrive(DeadLetterQuery.all()); // each invoice from its first letter on
            intake.rest(system);
        }
        return new Recovery(system.diary().firstRecovered(), count, parked, redrive, List.of());
    }
}
