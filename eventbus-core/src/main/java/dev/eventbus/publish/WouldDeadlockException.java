/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.publish;

import dev.eventbus.error.EventBusException;
import java.io.Serial;
import java.util.UUID;

/**
 * Tells that a call would wait for something that only its own thread can bring.
 *
 * <p>Immutable.
 *
 * @since 0.1
 * @serial exclude
 */
public final class WouldDeadlockException extends EventBusException {
    @Serial
    private static final long serialVersionUID = 1L;

    private WouldDeadlockException(String message) {
        super(message, null);
    }

    /**
     * Creates the exception for a receipt awaited by the thread that has to complete it.
     *
     * @param eventId the event
     * @return the exception
     */
    public static WouldDeadlockException receipt(UUID eventId) {
        return new WouldDeadlockException("Receipt of event " + eventId
                + " would never be done: the awaiting thread has to "
                + "handle the event itself, after the current handler; return from the handler first, or await on another "
                + "thread");
    }
}
