/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.operation;

import java.io.Serial;

/** Tells that something does not fit the state of an invoice, a customer or a payment; trying again cannot help. */
public final class RefusedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private RefusedException(String message) {
        super(message);
    }

    /**
     * Creates the exception for something that should have been new.
     *
     * @param kind what it is, such as {@code Invoice}
     * @param id which one
     * @return the exception
     */
    public static RefusedException exists(String kind, String id) {
        return new RefusedException(kind + " '" + id + "' exists already; update it instead");
    }

    /**
     * Creates the exception for something that nobody knows.
     *
     * @param kind what it is, such as {@code Invoice}
     * @param id which one
     * @return the exception
     */
    public static RefusedException unknown(String kind, String id) {
        return new RefusedException(kind + " '" + id + "' is unknown; create it first");
    }

    /**
     * Creates the exception for something that cannot be done now.
     *
     * @param kind to what it was to be done, such as {@code Invoice}
     * @param id to which one
     * @param action what was to be done
     * @param reason why not
     * @return the exception
     */
    public static RefusedException state(String kind, String id, Action action, String reason) {
        return new RefusedException(kind + " '" + id + "' refused " + action + ": " + reason);
    }
}
