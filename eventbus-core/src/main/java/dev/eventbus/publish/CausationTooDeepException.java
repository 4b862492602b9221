/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.publish;

import java.io.Serial;

/**
 * Tells that a chain of events, each published by the handler of the one before, is longer than the bus allows.
 *
 * <p>Immutable.
 *
 * @since 0.1
 * @serial exclude
 */
public final class CausationTooDeepException extends PublishRejectedException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int depth;
    private final int limit;

    /**
     * Creates the exception.
     *
     * @param bus name of the bus
     * @param type name of the event's type
     * @param depth what the event's depth would have been
     * @param limit greatest depth allowed
     */
    public CausationTooDeepException(String bus, String type, int depth, int limit) {
        super(bus, type, "Bus '" + bus + "' rejected an event (" + type + "): causation is too deep (depth=" + depth
                + ", limit=" + limit + "); look for handlers that publish in a circle, or raise maxDepth", null);
        this.depth = depth;
        this.limit = limit;
    }

    /**
     * Returns the depth that the event would have had.
     *
     * @return one more than the limit, or deeper
     */
    public int depth() {
        return depth;
    }

    /**
     * Returns the greatest depth allowed.
     *
     * @return the limit of the bus
     */
    public int limit() {
        return limit;
    }
}
