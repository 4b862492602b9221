/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app;

import dev.eventbus.examples.revenue.app.input.RejectedRows;
import dev.eventbus.examples.revenue.app.input.RetailFile;
import dev.eventbus.examples.revenue.app.input.RetailRows;
import java.io.IOException;
import java.util.List;

/**
 * Puts the input that comes with the program through systems that are thrown away.
 *
 * <p>It has 200 deliveries, of which the first ones load classes and the others are interpreted: without this their times
 * would be those of a virtual machine that starts.
 */
final class WarmUp {
    private final int passes;
    private final Intake intake;

    WarmUp(int passes, Intake intake) {
        this.passes = passes;
        this.intake = intake;
    }

    void run(Settings settings) throws IOException {
        for (int pass = 0; pass < passes; pass++) {
            RejectedRows rejected = new RejectedRows();
            try (RetailRows rows = new RetailFile(null).open(rejected);
                    RevenueSystem system = new RevenueSystem(settings.forWarmUp(), mail -> {}, List.of())) {
                intake.feed(rows, rejected, system);
                intake.play(system);
            }
        }
    }
}
