/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.operation;

/** What became of a command. */
public sealed interface Result {
    /**
     * The command was carried out.
     *
     * @param operation what was done
     */
    record Done(Operation operation) implements Result {}

    /**
     * The command was refused, and nothing has changed.
     *
     * @param operationId id that the operation would have had
     * @param reason why, for the one who gave the command
     */
    record Refused(String operationId, String reason) implements Result {}
}
