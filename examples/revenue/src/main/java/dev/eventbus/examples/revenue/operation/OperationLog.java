/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.operation;

import java.util.Optional;

/** Keeps the operations of all layers, so that what followed from one can be traced back to it. Thread-safe. */
public interface OperationLog {
    /**
     * Keeps an operation; one that is there already stays as it is.
     *
     * @param operation what was done
     */
    void keep(Operation operation);

    /**
     * Finds an operation.
     *
     * @param id its id: the correlation id of what followed from it
     * @return the operation
     */
    Optional<Operation> find(String id);
}
