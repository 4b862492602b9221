/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.fault;

import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.deadletter.DeadLetterStore;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** A store some of whose methods have a fault; the others go straight to the store behind it. Thread-safe. */
final class FaultyDeadLetterStore implements DeadLetterStore {
    private final DeadLetterStore store;
    private final Set<StoreMethod> faulty;
    private final CountedCalls calls;

    FaultyDeadLetterStore(DeadLetterStore store, Set<StoreMethod> faulty, CountedCalls calls) {
        this.store = store;
        this.faulty = faulty;
        this.calls = calls;
    }

    @Override
    public boolean add(DeadLetter letter) {
        return call(StoreMethod.ADD, () -> store.add(letter));
    }

    @Override
    public List<DeadLetter> find(DeadLetterQuery query) {
        return call(StoreMethod.FIND, () -> store.find(query));
    }

    @Override
    public Optional<DeadLetter> get(UUID id) {
        return call(StoreMethod.GET, () -> store.get(id));
    }

    @Override
    public boolean replace(DeadLetter letter) {
        return call(StoreMethod.REPLACE, () -> store.replace(letter));
    }

    @Override
    public boolean remove(UUID id) {
        return call(StoreMethod.REMOVE, () -> store.remove(id));
    }

    @Override
    public int size() {
        return call(StoreMethod.SIZE, store::size);
    }

    private <T> T call(StoreMethod method, Supplier<T> body) {
        return faulty.contains(method) ? calls.makeUnchecked(method.operation(), body) : body.get();
    }
}
