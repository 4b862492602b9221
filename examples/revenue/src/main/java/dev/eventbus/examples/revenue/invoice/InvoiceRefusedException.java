/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.invoice;

import dev.eventbus.examples.revenue.operation.Action;
import java.io.Serial;

/** Tells that a command does not fit the state of its invoice. */
public final class InvoiceRefusedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private InvoiceRefusedException(String message) {
        super(message);
    }

    static InvoiceRefusedException exists(String number) {
        return new InvoiceRefusedException("Invoice '" + number + "' exists already; update it instead");
    }

    static InvoiceRefusedException unknown(String number) {
        return new InvoiceRefusedException("Invoice '" + number + "' is unknown; create it first");
    }

    static InvoiceRefusedException state(String number, Action action, InvoiceState state) {
        return new InvoiceRefusedException("Invoice '" + number + "' refused " + action + ": it is " + state);
    }
}
