/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.spi;

import dev.eventbus.error.EventBusException;
import dev.eventbus.internal.check.Printable;
import java.io.Serial;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tells that bytes cannot be read as an event; keeps them, so that they can become a dead letter and be read later.
 *
 * <p>The message holds the place and what must hold there. It quotes no value of a payload, key or attribute, except what the
 * payload's own constructor chose to say; names of fields, and the type, version and depth of the event, it does. Immutable.
 *
 * @since 0.1
 * @serial exclude
 */
public final class EventDecodeException extends EventBusException {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final int MAX_PATH = 512;
    private static final int MAX_TEXT = 1_000;

    private final DecodeProblem problem;
    private final String path;
    private final String text;
    private final @Nullable UUID eventId;
    private final byte[] raw;
    private final boolean truncated;

    /**
     * Creates an exception.
     *
     * @param where what is wrong, and where
     * @param eventId id of the event, or null if it is not known yet
     * @param raw the input
     * @param truncated whether the input went on after those bytes
     * @param cause what the payload's constructor threw, or null
     */
    public EventDecodeException(DecodeFinding where, @Nullable UUID eventId, byte[] raw, boolean truncated,
            @Nullable Throwable cause) {
        super("Event " + (eventId == null ? "of unknown id" : eventId) + " cannot be decoded: "
                + Printable.of(where.path(), MAX_PATH) + ": " + Printable.of(where.text(), MAX_TEXT), cause);
        this.problem = where.problem();
        this.path = Printable.of(where.path(), MAX_PATH);
        this.text = Printable.of(where.text(), MAX_TEXT);
        this.eventId = eventId;
        this.raw = Arrays.copyOf(raw, raw.length);
        this.truncated = truncated;
    }

    static EventDecodeException notOne(int count, byte[] raw) {
        return new EventDecodeException(new DecodeFinding(DecodeProblem.NOT_ONE, "$", "stands for " + count
                + " events, not for one; use decodeAll"), null, raw, false, null);
    }

    /**
     * Returns the kind of problem.
     *
     * @return why the bytes are no event
     */
    public DecodeProblem problem() {
        return problem;
    }

    /**
     * Returns the place.
     *
     * @return a JSON path such as {@code $.lines[2].amount}: from the payload if its values are at fault, else from the
     *         outermost object
     */
    public String path() {
        return path;
    }

    /**
     * Returns what must hold at the place.
     *
     * @return one line
     */
    public String text() {
        return text;
    }

    /**
     * Returns which event.
     *
     * @return its id, or null if the input did not get so far
     */
    public @Nullable UUID eventId() {
        return eventId;
    }

    /**
     * Returns the input.
     *
     * @return a copy of its bytes (of a reader: in UTF-8), or of the first of them, see {@link #isTruncated()}
     */
    public byte[] raw() {
        return Arrays.copyOf(raw, raw.length);
    }

    /**
     * Tells whether the input went on after {@link #raw()}: it was longer than the codec reads.
     *
     * @return whether bytes are missing
     */
    public boolean isTruncated() {
        return truncated;
    }
}
