/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.deadletter;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Letters in the order in which they came, in a bounded map. Thread-safe. */
final class InMemoryDeadLetterStore implements DeadLetterStore {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<UUID, DeadLetter> letters = new LinkedHashMap<>(); // guarded by lock
    private final int capacity;

    InMemoryDeadLetterStore(int capacity) {
        this.capacity = capacity;
    }

    @Override
    public boolean add(DeadLetter letter) {
        return locked(() -> letters.size() < capacity && letters.putIfAbsent(letter.id(), letter) == null);
    }

    @Override
    public List<DeadLetter> find(DeadLetterQuery query) {
        // A copy, since the query's predicates are the user's: they must not run under the lock.
        List<DeadLetter> all = locked(() -> List.copyOf(letters.values()));
        return all.stream().filter(query::matches).limit(query.limit()).toList();
    }

    @Override
    public Optional<DeadLetter> get(UUID id) {
        return locked(() -> Optional.ofNullable(letters.get(id)));
    }

    @Override
    public boolean replace(DeadLetter letter) {
        return locked(() -> letters.replace(letter.id(), letter) != null);
    }

    @Override
    public boolean remove(UUID id) {
        return locked(() -> letters.remove(id) != null);
    }

    @Override
    public int size() {
        return locked(letters::size);
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
