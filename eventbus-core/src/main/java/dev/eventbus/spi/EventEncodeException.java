/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.spi;

import dev.eventbus.error.EventBusException;
import dev.eventbus.event.Metadata;
import dev.eventbus.internal.check.Printable;
import java.io.Serial;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tells that an event cannot be written: its type is not registered, or its payload has no such form.
 *
 * <p>The message names id and type, never the payload. Immutable.
 *
 * @since 0.1
 * @serial exclude
 */
public final class EventEncodeException extends EventBusException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final UUID eventId;

    /**
     * Creates an exception.
     *
     * @param event metadata of the event
     * @param problem what is wrong, and what to do; without the payload's values
     * @param cause what was thrown, or null
     */
    public EventEncodeException(Metadata event, String problem, @Nullable Throwable cause) {
        super("Event " + event.id() + " (" + event.type() + ") cannot be encoded: " + Printable.of(problem, 1_000),
                cause);
        this.eventId = event.id();
    }

    /**
     * Returns which event.
     *
     * @return its id
     */
    public UUID eventId() {
        return eventId;
    }
}
