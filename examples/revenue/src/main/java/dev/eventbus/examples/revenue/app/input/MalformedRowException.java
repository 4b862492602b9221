/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.input;

import java.io.Serial;

/** Tells what is wrong with one row; it never leaves this package. */
final class MalformedRowException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String reason;

    MalformedRowException(String reason) {
        super(reason);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
