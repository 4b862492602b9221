/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.error;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Tells that an argument, a policy or a combination of them cannot be used, at the earliest moment that it can be
 * known.
 *
 * <p>Thrown by builders, policies, options and {@code subscribe}; nothing has changed when it is thrown. Immutable.
 *
 * @since 0.1
 * @serial exclude
 */
public final class ConfigurationException extends EventBusException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message the parameter by its name, the rule, the value that was given, and what to do
     */
    public ConfigurationException(String message) {
        super(message, null);
    }

    /**
     * Creates an exception that follows from another.
     *
     * @param message the parameter by its name, the rule, the value that was given, and what to do
     * @param cause what was thrown, or null
     */
    public ConfigurationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
