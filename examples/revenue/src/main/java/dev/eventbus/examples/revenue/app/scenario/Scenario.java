/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.scenario;

import dev.eventbus.event.EventEnvelope;
import dev.eventbus.event.Metadata;
import dev.eventbus.examples.revenue.app.eventfile.EventFileException;
import dev.eventbus.examples.revenue.app.eventfile.EventLines;
import dev.eventbus.jackson.CloudEventsCodec;
import dev.eventbus.jackson.EventTypes;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Invented operations in the order of their times. Immutable.
 *
 * @param lines one operation each, none before the one that stands before it; at least one
 */
public record Scenario(List<Line> lines) {
    private static final String BUNDLED = "scenario.jsonl";
    private static final URI SOURCE = URI.create("/scenario");
    // The attribute of a line whose operation must be refused.
    private static final String EXPECTED = "expected";
    private static final String REFUSED = "refused";

    /** Creates a scenario. */
    public Scenario {
        lines = List.copyOf(lines);
    }

    /**
     * One operation. Immutable.
     *
     * @param number place in the file, from 1
     * @param time when it is done
     * @param refused whether the system has to refuse it
     * @param step what is to be done
     */
    record Line(long number, Instant time, boolean refused, Step step) {
        String type() {
            return step.getClass().getSimpleName();
        }
    }

    /**
     * Reads the one that comes with the program.
     *
     * @return a year of operations
     */
    public static Scenario bundled() {
        return read(BUNDLED, Objects.requireNonNull(Scenario.class.getResourceAsStream(BUNDLED), BUNDLED));
    }

    /**
     * Reads a scenario.
     *
     * @param name name of the file, for people
     * @param in CloudEvents, one a line; is closed
     * @return the scenario
     * @throws EventFileException if a line is no operation
     * @throws ScenarioException if there is none, or one comes before its time
     */
    static Scenario read(String name, InputStream in) {
        List<Line> lines = new ArrayList<>();
        try (EventLines file = new EventLines(name, CloudEventsCodec.of(SOURCE, EventTypes.of(Step.class)), in)) {
            for (EventLines.Line line = file.next(); line != null; line = file.next()) {
                lines.add(inOrder(lines, line(line.number(), line.event())));
            }
        }
        if (lines.isEmpty()) {
            throw ScenarioException.empty(name);
        }
        return new Scenario(lines);
    }

    private static Line line(long number, EventEnvelope<?> event) {
        Metadata metadata = event.metadata();
        return new Line(number, metadata.timestamp(), REFUSED.equals(metadata.attributes().get(EXPECTED)),
                (Step) event.payload());
    }

    private static Line inOrder(List<Line> before, Line line) {
        if (!before.isEmpty() && line.time().isBefore(before.getLast().time())) {
            throw ScenarioException.early(line, before.getLast().time());
        }
        return line;
    }

    /**
     * Returns when it begins.
     *
     * @return the moment of its first operation
     */
    public Instant begin() {
        return lines.getFirst().time();
    }

    /**
     * Returns when it ends: what is due until then happens in it, for instance that the last month is earned.
     *
     * @return begin of the year after its last operation
     */
    public Instant end() {
        Year last = Year.of(lines.getLast().time().atZone(ZoneOffset.UTC).getYear());
        return last.plusYears(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
