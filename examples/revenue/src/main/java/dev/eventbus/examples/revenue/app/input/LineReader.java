/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.input;

import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines of bounded length, so that no input, however long its lines, fills the memory.
 *
 * <p>Not thread-safe.
 */
final class LineReader implements Closeable {
    /** Most characters of a line that are kept. */
    static final int MAX_LINE = 4_096;

    private final Reader reader;
    private final char[] buffer = new char[16_384];
    private final StringBuilder text = new StringBuilder(256);
    private int position;
    private int limit;
    private long number;
    private boolean afterReturn;

    LineReader(Reader reader) {
        this.reader = reader;
    }

    /**
     * One line without its end.
     *
     * @param number counts from 1
     * @param text its first characters
     * @param cut whether there were more
     */
    record Line(long number, String text, boolean cut) {}

    @Nullable Line next() throws IOException {
        skipSecondHalfOfLineEnd();
        if (!fill()) {
            return null;
        }
        text.setLength(0);
        boolean cut = false;
        boolean ended = false;
        while (!ended && fill()) {
            int end = endInBuffer();
            cut |= keep(end);
            ended = end < limit;
            afterReturn = ended && buffer[end] == '\r';
            position = ended ? end + 1 : end;
        }
        number++;
        return new Line(number, text.toString(), cut);
    }

    long number() {
        return number;
    }

    private boolean fill() throws IOException {
        if (position == limit) {
            position = 0;
            limit = Math.max(reader.read(buffer), 0);
        }
        return limit > 0;
    }

    private void skipSecondHalfOfLineEnd() throws IOException {
        if (afterReturn && fill() && buffer[position] == '\n') {
            position++;
        }
    }

    private int endInBuffer() {
        int end = position;
        while (end < limit && buffer[end] != '\n' && buffer[end] != '\r') {
            end++;
        }
        return end;
    }

    private boolean keep(int end) {
        int room = MAX_LINE - text.length();
        text.append(buffer, position, Math.min(end - position, room));
        return end - position > room;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
