/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.fault;

import java.io.Serial;

/** Tells that the books could not be reached; trying again may help. */
public final class RepositoryDownException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    RepositoryDownException(String message) {
        super(message);
    }
}
