/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.error;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Root of every exception that the bus itself throws.
 *
 * <p>Messages name the subject, the fact with its values and what to do. They carry ids, names and types of events,
 * never payloads. Immutable.
 *
 * @since 0.1
 * @serial exclude
 */
public abstract class EventBusException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message subject, fact, values and remedy
     * @param cause what led to it, or null
     */
    protected EventBusException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
