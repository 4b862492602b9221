/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.revenue;

import java.io.Serial;

/** Tells that an event of an invoice came before, or after, one that it should have followed; trying again cannot help. */
public final class RevisionOutOfOrderException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    RevisionOutOfOrderException(String number, int revision, int latest) {
        super("Invoice '" + number + "' is out of order: revision " + revision + " came after revision " + latest
                + "; what is parked behind it waits until it is discarded");
    }
}
