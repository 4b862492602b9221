/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.operation;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps everything in memory, without a bound. Thread-safe. */
public final class InMemoryOperationLog implements OperationLog {
    private final Map<String, Operation> operations = new ConcurrentHashMap<>();

    @Override
    public void keep(Operation operation) {
        operations.putIfAbsent(operation.id(), operation);
    }

    @Override
    public Optional<Operation> find(String id) {
        return Optional.ofNullable(operations.get(id));
    }
}
