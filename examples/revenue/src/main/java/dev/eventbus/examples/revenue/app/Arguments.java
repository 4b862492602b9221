/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app;

import dev.eventbus.examples.revenue.app.fault.Plant;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The command line; an option with an empty value counts as not given. Not thread-safe. */
final class Arguments {
    private static final List<String> BESIDE_REPLAY = List.of("--replay", "--dispatch", "--json");

    private final CommandLine command = new CommandLine(CommandSpec.create().name("revenue")
            .addOption(
                    option("--input", "FILE", "a .csv or .csv.gz of the Online Retail form; a small one comes with it"))
            .addOption(option("--json", "FILE", "write the report as JSON too"))
            .addOption(option("--events", "FILE", "write every event to a file, as CloudEvents JSON lines"))
            .addOption(option("--replay", "FILE", "rebuild revenue from such a file alone, and compare"))
            .addOption(option("--outbox", "FOLDER", "write the mails there, one file each; else they are counted"))
            .addOption(option("--dispatch", "MODE", "virtual threads (virtual, the default) or the publisher's (sync)"))
            .addOption(option("--clients", "COUNT", "most operations that are under way at once; 1 unless set"))
            .addOption(option("--failures", "RATE", "share of saves that fail, half before and half after the write"))
            .addOption(option("--duplicates", "RATE", "share of invoice events that are published twice with one id"))
            .addOption(option("--outage", "MILLIS", "how long the tax service is down, from its 21st call on"))
            .addOption(option("--poison", "NUMBER", "an invoice that cannot be booked until the input has been read"))
            .addOption(option("--plant", "FAULT", "drop, duplicate or swap an event, which a check must find")));

    private static OptionSpec option(String name, String label, String description) {
        return OptionSpec.builder(name).type(String.class).paramLabel(label).description(description).build();
    }

    /**
     * Reads the command line.
     *
     * @throws ParameterException if it cannot be used; the message is for the user
     */
    Settings parse(String... arguments) {
        ParseResult parsed = command.parseArgs(arguments);
        DispatchMode dispatch = choice(parsed, "--dispatch", DispatchMode.values());
        Path replay = convert(parsed, "--replay", this::path);
        if (replay != null) {
            requireNothingElse(parsed);
        }
        return new Settings(convert(parsed, "--input", this::path), replay, outputs(parsed),
                dispatch == null ? DispatchMode.VIRTUAL : dispatch, clients(parsed), faults(parsed));
    }

    // A replay reads no input and publishes nothing new: whoever asks for both is mistaken about one of them.
    private void requireNothingElse(ParseResult parsed) {
        parsed.matchedOptions().stream().map(OptionSpec::longestName)
                .filter(name -> !BESIDE_REPLAY.contains(name) && !value(parsed, name).isEmpty()).findFirst()
                .ifPresent(name -> {
                    throw refused("--replay goes with --dispatch and --json only, was given " + name
                            + " too; leave one of them out");
                });
    }

    private Outputs outputs(ParseResult parsed) {
        return new Outputs(convert(parsed, "--json", this::path), convert(parsed, "--events", this::path),
                convert(parsed, "--outbox", this::path));
    }

    private Faults faults(ParseResult parsed) {
        return new Faults(rate(parsed, "--failures"), rate(parsed, "--duplicates"), outage(parsed),
                convert(parsed, "--poison", text -> text), choice(parsed, "--plant", Plant.values()));
    }

    String usage() {
        return command.getUsageMessage();
    }

    private Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException invalid) {
            throw refused("'" + text + "' is no path: " + invalid.getReason());
        }
    }

    private <E extends Enum<E>> @Nullable E choice(ParseResult parsed, String option, E[] choices) {
        return convert(parsed, option, text -> Arrays.stream(choices).filter(choice -> name(choice).equals(text))
                .findFirst().orElseThrow(() -> refused(option + " must be one of "
                        + Arrays.stream(choices).map(Arguments::name).toList() + ", was '" + text + "'")));
    }

    private static String name(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }

    private int clients(ParseResult parsed) {
        Integer clients = convert(parsed, "--clients", text -> count("--clients", 1, text));
        return clients == null ? 1 : clients;
    }

    private Duration outage(ParseResult parsed) {
        Integer millis = convert(parsed, "--outage", text -> count("--outage", 0, text));
        return Duration.ofMillis(millis == null ? 0 : millis);
    }

    private int count(String option, int least, String text) {
        try {
            int count = Integer.parseInt(text);
            if (count >= least) {
                return count;
            }
        } catch (NumberFormatException notANumber) {
            // refused below, in the same words
        }
        throw refused(option + " must be a whole number from " + least + ", was '" + text + "'");
    }

    private double rate(ParseResult parsed, String option) {
        Double rate = convert(parsed, option, text -> number(option, text));
        return rate == null ? 0 : rate;
    }

    private double number(String option, String text) {
        try {
            double number = Double.parseDouble(text);
            if (number >= 0 && number <= 1) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // refused below, in the same words
        }
        throw refused(option + " must be a number from 0 to 1, was '" + text + "'");
    }

    private ParameterException refused(String message) {
        return new ParameterException(command, message);
    }

    private static <T> @Nullable T convert(ParseResult parsed, String option, Function<String, T> conversion) {
        String text = value(parsed, option);
        return text.isEmpty() ? null : conversion.apply(text);
    }

    private static String value(ParseResult parsed, String option) {
        return parsed.matchedOptionValue(option, "");
    }
}
