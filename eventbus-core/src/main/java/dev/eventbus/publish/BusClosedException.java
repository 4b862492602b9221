/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.publish;

import java.io.Serial;

/**
 * Tells that an event or a redrive came after the shutdown of the bus had begun, or inside a delivery after its
 * deadline.
 *
 * <p>Immutable.
 *
 * @since 0.1
 * @serial exclude
 */
public final class BusClosedException extends PublishRejectedException {
    @Serial
    private static final long serialVersionUID = 1L;

    private BusClosedException(String bus, String type, String message) {
        super(bus, type, message, null);
    }

    /**
     * Creates the exception for a publish.
     *
     * @param bus name of the bus
     * @param type name of the event's type
     * @return the exception
     */
    public static BusClosedException publish(String bus, String type) {
        return new BusClosedException(bus, type, "Bus '" + bus + "' rejected an event (" + type
                + "): it is closed; publish before shutdown() or keep the bus open longer");
    }

    /**
     * Creates the exception for a redrive.
     *
     * @param bus name of the bus
     * @return the exception
     */
    public static BusClosedException redrive(String bus) {
        return new BusClosedException(bus, "dead letter", "Bus '" + bus
                + "' rejected a redrive: it is closed; redrive before shutdown(), the letters stay in their store");
    }
}
