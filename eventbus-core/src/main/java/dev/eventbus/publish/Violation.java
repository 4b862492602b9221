/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.publish;

import java.io.Serializable;

/**
 * One rule that a payload broke.
 *
 * <p>Immutable.
 *
 * @param path where in the payload, for instance {@code lines[2].amount}
 * @param message what must hold there
 * @since 0.1
 */
public record Violation(String path, String message) implements Serializable {
    @Override
    public String toString() {
        return path + " " + message;
    }
}
