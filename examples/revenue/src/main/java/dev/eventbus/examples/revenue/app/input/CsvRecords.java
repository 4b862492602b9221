/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.input;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvReader.CsvReaderBuilder;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Splits lines into fields; a quoted field may run over several lines.
 *
 * <p>A quote that is never closed costs one row: when the lines that follow do not make a row of it, only its own line is broken,
 * and reading goes on with the next. Not thread-safe.
 */
final class CsvRecords implements Closeable {
    private static final int MAX_LINES = 8;

    private final LineReader lines;
    private final int columns;
    private final Deque<LineReader.Line> waiting = new ArrayDeque<>();
    private final CsvReaderBuilder csv = CsvReader.builder().allowUnclosedQuote(false).skipEmptyLines(false);

    CsvRecords(LineReader lines, int columns) {
        this.lines = lines;
        this.columns = columns;
    }

    @Nullable CsvRow next() throws IOException {
        LineReader.Line line = nextLine();
        while (line != null && line.text().isEmpty()) {
            line = nextLine();
        }
        return line == null ? null : row(line);
    }

    long line() {
        return lines.number();
    }

    private CsvRow row(LineReader.Line first) throws IOException {
        if (first.cut()) {
            return new CsvRow.Broken(first.number(), "has more than " + LineReader.MAX_LINE + " characters");
        }
        List<String> fields = parse(first.text());
        return fields == null ? rowOverLines(first) : new CsvRow.Fields(first.number(), fields);
    }

    private CsvRow rowOverLines(LineReader.Line first) throws IOException {
        List<LineReader.Line> more = new ArrayList<>();
        StringBuilder text = new StringBuilder(first.text());
        while (more.size() < MAX_LINES - 1) {
            LineReader.Line line = nextLine();
            if (line == null) {
                break;
            }
            more.add(line);
            List<String> fields = parse(text.append('\n').append(line.text()).toString());
            if (fields != null && fields.size() == columns) {
                return new CsvRow.Fields(first.number(), fields);
            }
        }
        more.reversed().forEach(waiting::addFirst);
        return new CsvRow.Broken(first.number(), "breaks the rules of quoting");
    }

    private LineReader.@Nullable Line nextLine() throws IOException {
        LineReader.Line line = waiting.pollFirst();
        return line == null ? lines.next() : line;
    }

    private @Nullable List<String> parse(String text) {
        try {
            return csv.ofSingleCsvRecord(text).getFields();
        } catch (CsvParseException broken) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
