/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app;

import dev.eventbus.examples.revenue.app.input.InvoiceFeed;
import dev.eventbus.examples.revenue.app.input.RejectedRows;
import dev.eventbus.examples.revenue.app.input.RetailRows;
import dev.eventbus.examples.revenue.app.input.Row;
import dev.eventbus.examples.revenue.app.scenario.Play;
import dev.eventbus.examples.revenue.app.scenario.Scenario;
import java.time.Duration;

/** Feeds the rows of a file, or a scenario, to a system, and waits until all that follows is done. Not thread-safe. */
final class Intake {
    private static final Duration REST = Duration.ofSeconds(30);

    private final Progress progress;

    Intake(Progress progress) {
        this.progress = progress;
    }

    void feed(RetailRows rows, RejectedRows rejected, RevenueSystem system) {
        InvoiceFeed feed = new InvoiceFeed(system.layers().doors().invoices(), system.layers().invoices(), rejected);
        try {
            for (Row row = rows.next(); row != null; row = rows.next()) {
                feed.accept(row);
                progress.show(rows.read(), system.layers().invoices().size());
            }
            feed.end();
            rest(system);
        } finally {
            progress.end();
        }
    }

    /** Plays the scenario that comes with the program, from its first to its last day; returns how many operations it has. */
    int play(RevenueSystem system) {
        Scenario scenario = Scenario.bundled();
        new Play(system.layers().doors(), system.almanac(), () -> rest(system)).play(scenario);
        return scenario.lines().size();
    }

    /** Waits for what has been accepted. What does not end in time the shutdown gives back, and a check fails. */
    void rest(RevenueSystem system) {
        try {
            boolean unused = system.bus().drain(REST);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt(); // then the shutdown does not wait either
        }
    }
}
