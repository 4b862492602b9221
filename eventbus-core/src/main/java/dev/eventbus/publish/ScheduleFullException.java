/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.publish;

import java.io.Serial;

/**
 * Tells that an event was not scheduled, since too many are waiting for their moments.
 *
 * <p>Immutable.
 *
 * @since 0.1
 * @serial exclude
 */
public final class ScheduleFullException extends PublishRejectedException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int limit;

    /**
     * Creates the exception.
     *
     * @param bus name of the bus
     * @param type name of the event's type
     * @param limit how many publishes may wait
     */
    public ScheduleFullException(String bus, String type, int limit) {
        super(bus, type,
                "Bus '" + bus + "' rejected an event (" + type + "): the scheduled publishes are full (limit=" + limit
                        + "); cancel those that are not needed any more or raise the scheduledLimit of the bus",
                null);
        this.limit = limit;
    }

    /**
     * Returns how many publishes may wait.
     *
     * @return the limit of the bus
     */
    public int limit() {
        return limit;
    }
}
