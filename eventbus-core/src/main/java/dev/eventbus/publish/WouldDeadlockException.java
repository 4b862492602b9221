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

    /**
     * Creates the exception for a publish that waits for room which only its own thread could make.
     *
     * @param bus name of the bus
     * @param type name of the event's type
     * @param subscription whose buffer is full
     * @param places size of the buffer
     * @return the exception
     */
    public static WouldDeadlockException buffer(String bus, String type, String subscription, int places) {
        return new WouldDeadlockException(
                "Bus '" + bus + "' rejected an event (" + type + "): the buffer of subscription '"
                        + subscription + "' is full (places=" + places
                        + ") and what it waits for is the handler that publishes; "
                        + "raise its buffer, publish fewer events from one handler, or choose another overflow policy");
    }

    /**
     * Creates the exception for a wait of a handler for its own end.
     *
     * @param waitedFor what would never come
     * @return the exception
     */
    public static WouldDeadlockException ownDelivery(String waitedFor) {
        return new WouldDeadlockException(
                waitedFor + " would never end: it waits for the delivery that the calling thread "
                        + "is in; return from the handler first, or wait on another thread");
    }
}
