/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.input;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Tells that the input as a whole cannot be used. */
public final class InputException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private InputException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static InputException missing(String name) {
        return new InputException("input '" + name + "' is no file that can be read; give a .csv or .csv.gz", null);
    }

    static InputException header(String name, String expected) {
        return new InputException(
                "input '" + name + "' is not of the Online Retail form; its first line must be " + expected,
                null);
    }

    static InputException broken(String name, long line, Throwable cause) {
        return new InputException("input '" + name + "' broke off after line " + line + ": " + cause, cause);
    }
}
