/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.eventfile;

import dev.eventbus.event.EventEnvelope;
import dev.eventbus.spi.EventCodec;
import dev.eventbus.spi.EventDecodeException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads events, one JSON object a line, and holds no more than one of them.
 *
 * <p>A line may be as long as the codec allows; a longer one is refused with its first bytes and not read to its end. Not
 * thread-safe.
 */
public final class EventLines implements AutoCloseable {
    // More than the codec takes, so that it is the codec who refuses.
    private static final int MOST_BYTES = (4 << 20) + 1;
    private final String name;
    private final EventCodec codec;
    private final InputStream in;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1_024);
    private final byte[] buffer = new byte[65_536];
    private int position;
    private int limit;
    private final LineSum sum = new LineSum();
    private byte @Nullable [] latest;
    private long number;

    /**
     * Creates the reader.
     *
     * @param name name of the file, for people
     * @param codec knows the types
     * @param in the lines; closed with this
     */
    public EventLines(String name, EventCodec codec, InputStream in) {
        this.name = name;
        this.codec = codec;
        this.in = in;
    }

    /**
     * Opens a file that a run has written.
     *
     * @param file the file
     * @return its lines; close them
     * @throws EventFileException if there is no such file
     */
    public static EventLines open(Path file) {
        try {
            return new EventLines(file.toString(), RevenueCodec.create(), Files.newInputStream(file));
        } catch (IOException missing) {
            throw EventFileException.unreadable(file.toString(), 0, missing);
        }
    }

    /**
     * One line.
     *
     * @param number counts from 1
     * @param event what stands in it
     */
    public record Line(long number, EventEnvelope<?> event) {}

    /**
     * Reads the next line.
     *
     * @return the line, or null at the end of the file
     * @throws EventFileException if it cannot be read or is not exactly one event
     */
    public @Nullable Line next() {
        try {
            if (!fill()) {
                return null;
            }
            number++;
            return new Line(number, codec.decode(nextLine()));
        } catch (IOException broken) {
            throw EventFileException.unreadable(name, number, broken);
        } catch (EventDecodeException garbled) {
            throw EventFileException.garbled(name, number, garbled);
        }
    }

    private byte[] nextLine() throws IOException {
        if (latest != null) {
            sum.add(latest);
        }
        latest = line();
        return latest;
    }

    // A line without an end of its own is one too: the codec finds out whether something of it is missing.
    private byte[] line() throws IOException {
        bytes.reset();
        boolean ended = false;
        while (!ended && bytes.size() < MOST_BYTES && fill()) {
            int end = endInBuffer();
            bytes.write(buffer, position, end - position);
            ended = end < limit;
            position = ended ? end + 1 : end;
        }
        return bytes.toByteArray();
    }

    /**
     * Adds up the lines before the one that was read last; to be asked once.
     *
     * @return SHA-256 of their bytes, in hex
     */
    public String sumBefore() {
        return sum.end();
    }

    private boolean fill() throws IOException {
        if (position == limit) {
            position = 0;
            limit = Math.max(in.read(buffer), 0);
        }
        return limit > 0;
    }

    private int endInBuffer() {
        int end = position;
        while (end < limit && buffer[end] != '\n') {
            end++;
        }
        return end;
    }

    /**
     * Names the file.
     *
     * @return its name, for people
     */
    public String name() {
        return name;
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException unclosed) {
            throw EventFileException.unreadable(name, number, unclosed);
        }
    }
}
