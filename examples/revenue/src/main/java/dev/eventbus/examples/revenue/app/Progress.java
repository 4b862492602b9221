/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app;

import java.io.PrintStream;
import java.util.Locale;

/** Shows on a terminal how far the run is, on one line that is gone at the end. Not thread-safe. */
final class Progress {
    private static final int STEP = 4_096;
    private static final String WIPE = "\r\u001b[2K";

    private final PrintStream out;
    private final boolean terminal;

    Progress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    void show(long rows, int invoices) {
        if (terminal && rows % STEP == 0) {
            out.printf(Locale.ROOT, WIPE + "  %,d rows, %,d invoices ...", rows, invoices);
            out.flush();
        }
    }

    void end() {
        if (terminal) {
            out.print(WIPE);
            out.flush();
        }
    }
}
