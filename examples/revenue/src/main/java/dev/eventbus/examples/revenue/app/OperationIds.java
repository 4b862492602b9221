/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Numbers the operations of one run. Thread-safe. */
final class OperationIds implements Supplier<String> {
    private final AtomicLong last = new AtomicLong();

    @Override
    public String get() {
        return "op-" + last.incrementAndGet();
    }
}
