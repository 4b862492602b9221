/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app;

import dev.eventbus.examples.revenue.app.eventfile.EventFileException;
import dev.eventbus.examples.revenue.app.input.InputException;
import dev.eventbus.examples.revenue.app.replay.ReplayReport;
import dev.eventbus.examples.revenue.app.report.JsonReport;
import dev.eventbus.examples.revenue.app.report.Page;
import dev.eventbus.examples.revenue.app.report.ReplayJson;
import dev.eventbus.examples.revenue.app.report.ReplayText;
import dev.eventbus.examples.revenue.app.report.RunReport;
import dev.eventbus.examples.revenue.app.report.TextReport;
import dev.eventbus.examples.revenue.app.scenario.ScenarioException;
import dev.eventbus.spi.Clocks;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine.ParameterException;

/** Turns a file of invoices into revenue over an event bus, checks the result and reports it. */
public final class RevenueApp {
    /** Everything was right. */
    static final int OK = 0;
    /** A check failed. */
    static final int WRONG = 1;
    /** The program could not do what it was asked for. */
    static final int UNUSABLE = 2;

    // After these, which take less than a second, most of what a delivery runs is compiled.
    private static final int WARM_UPS = 8;

    private final PrintStream out;
    private final PrintStream err;
    private final boolean terminal;
    private final int warmUps;

    RevenueApp(PrintStream out, PrintStream err, boolean terminal, int warmUps) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
        this.warmUps = warmUps;
    }

    /**
     * Runs the program and ends the process.
     *
     * @param args see {@code Arguments}
     */
    public static void main(String[] args) {
        // The report is UTF-8 whatever the locale says.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        System.exit(new RevenueApp(out, err, isTerminal(), WARM_UPS).run(args));
    }

    @SuppressWarnings("SystemConsoleNull") // true to its word under -Djdk.console=java.base, which the pom passes
    private static boolean isTerminal() {
        return System.console() != null;
    }

    int run(String... args) {
        Arguments arguments = new Arguments();
        try {
            return run(arguments.parse(args));
        } catch (ParameterException unusable) {
            err.println("revenue: " + unusable.getMessage());
            err.print(arguments.usage());
        } catch (InputException | OutputException | EventFileException | ScenarioException unusable) {
            err.println("revenue: " + unusable.getMessage());
        } catch (IOException unwritten) {
            err.println("revenue: the report could not be written: " + unwritten);
        }
        return UNUSABLE;
    }

    private int run(Settings settings) throws IOException {
        return settings.replay() == null ? work(settings) : replay(settings.replay(), settings);
    }

    private int replay(Path file, Settings settings) throws IOException {
        ReplayReport report = new ReplayRun(settings.dispatch()).run(file);
        new ReplayText().print(report, new Page(out, terminal));
        if (settings.outputs().json() != null) {
            new ReplayJson().write(report, settings.outputs().json());
        }
        return report.passed() ? OK : WRONG;
    }

    private int work(Settings settings) throws IOException {
        RunReport report = new RevenueRun(settings, Clocks.system(), new Progress(out, terminal), warmUps).run();
        new TextReport().print(report, new Page(out, terminal));
        if (settings.outputs().json() != null) {
            new JsonReport().write(report, settings.outputs().json());
        }
        return report.verdict().passed() ? OK : WRONG;
    }
}
