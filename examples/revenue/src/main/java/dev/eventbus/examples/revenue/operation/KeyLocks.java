/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.operation;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A lock for each key, there for as long as somebody holds it or waits for it. Thread-safe. */
final class KeyLocks {
    private final Map<String, Counted> locks = new ConcurrentHashMap<>();

    <R> R holding(String key, Supplier<R> work) {
        ReentrantLock lock = locks.compute(key, (ignored, counted) -> Counted.oneMore(counted)).lock();
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
            locks.computeIfPresent(key, (ignored, counted) -> counted.oneLess());
        }
    }

    int size() {
        return locks.size();
    }

    private record Counted(ReentrantLock lock, int users) {
        static Counted oneMore(@Nullable Counted counted) {
            return counted == null
                    ? new Counted(new ReentrantLock(), 1)
                    : new Counted(counted.lock, counted.users + 1);
        }

        @Nullable Counted oneLess() {
            return users == 1 ? null : new Counted(lock, users - 1);
        }
    }
}
