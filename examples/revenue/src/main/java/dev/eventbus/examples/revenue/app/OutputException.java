/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;

/** Tells that something that was asked for has no place to go to. */
final class OutputException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private OutputException(String text, IOException cause) {
        super(text, cause);
    }

    static OutputException outbox(Path folder, IOException cause) {
        return new OutputException("mails cannot be kept in '" + folder + "': " + cause
                + "; name a folder with --outbox that can be written to", cause);
    }
}
