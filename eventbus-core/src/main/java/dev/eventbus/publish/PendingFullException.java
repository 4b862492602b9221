/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.publish;

import java.io.Serial;

/**
 * Tells that handlers of one synchronous publish have published more events than may wait.
 *
 * <p>Immutable.
 *
 * @since 0.1
 * @serial exclude
 */
public final class PendingFullException extends PublishRejectedException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int limit;

    /**
     * Creates the exception.
     *
     * @param bus name of the bus
     * @param type name of the event's type
     * @param limit how many events may wait
     */
    public PendingFullException(String bus, String type, int limit) {
        super(bus, type,
                "Bus '" + bus + "' rejected an event (" + type + "): the events published inside handlers are full "
                        + "(limit=" + limit
                        + "); publish fewer from one handler or raise the pendingLimit of the bus",
                null);
        this.limit = limit;
    }

    /**
     * Returns how many events may wait.
     *
     * @return the limit of the dispatcher
     */
    public int limit() {
        return limit;
    }
}
