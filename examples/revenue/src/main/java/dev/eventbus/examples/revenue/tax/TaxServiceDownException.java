/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.tax;

import java.io.Serial;

/** Tells that the tax service gave no answer; trying again may help, but not at once. */
public final class TaxServiceDownException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what happened
     */
    public TaxServiceDownException(String message) {
        super(message);
    }
}
