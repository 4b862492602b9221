/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app;

import dev.eventbus.examples.revenue.app.input.InvoiceFeed;
import dev.eventbus.examples.revenue.app.input.RejectedRows;
import dev.eventbus.examples.revenue.app.input.RetailRows;
import dev.eventbus.examples.revenue.app.input.Row;
import java.time.Duration;

/** Feeds the rows of a file to a system, and waits until all that follows from them is done. Not thread-safe. */
final class Intake {
    private static final Duration REST = Duration.ofSeconds(30);

    private final Progress progress;

    Intake(Progress progress) {
        this.progress = progress;
    }

    void feed(RetailRows rows, RejectedRows rejected, RevenueSystem system) {
        InvoiceFeed feed = new InvoiceFeed(system.actions(), system.invoices(), rejected);
        try {
            for (Row row = rows.next(); row != null; row = rows.next()) {
                feed.accept(row);
                progress.show(rows.read(), system.invoices().size());
            }
            feed.end();
            rest(system);
        } finally {
            progress.end();
        }
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
