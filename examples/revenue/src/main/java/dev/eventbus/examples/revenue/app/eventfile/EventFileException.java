/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.eventfile;

import dev.eventbus.spi.EventDecodeException;
import java.io.Serial;
import java.nio.file.Path;

/** Tells that a file of events cannot be written or read; nothing of a payload is in its text. */
public final class EventFileException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private EventFileException(String text, Throwable cause) {
        super(text, cause);
    }

    static EventFileException unwritten(Path file, Throwable cause) {
        return new EventFileException("events could not be written to '" + file + "': " + cause
                + "; there is no file of this run, make room or name another with --events", cause);
    }

    static EventFileException unreadable(String name, long line, Throwable cause) {
        return new EventFileException("events '" + name + "' could not be read"
                + (line == 0 ? "" : " after line " + line) + ": " + cause + "; give a file that --events has written",
                cause);
    }

    static EventFileException garbled(String name, long line, EventDecodeException cause) {
        return new EventFileException("events '" + name + "' line " + line + " is no event: " + cause.path() + ": "
                + cause.text() + "; write the file anew with --events", cause);
    }

    /**
     * Creates an exception for a line whose event cannot be accepted.
     *
     * @param name name of the file
     * @param line number of the line, from 1
     * @param cause says what is wrong
     * @return the exception
     */
    public static EventFileException refused(String name, long line, RuntimeException cause) {
        return new EventFileException("events '" + name + "' line " + line + " was refused: " + cause.getMessage()
                + "; write the file anew with --events", cause);
    }
}
