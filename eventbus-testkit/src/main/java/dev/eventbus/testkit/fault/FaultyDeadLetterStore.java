/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.fault;

import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.deadletter.DeadLetterStore;
import dev.eventbus.deadletter.Parking;
import dev.eventbus.deadletter.Sequence;
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
    public Parking park(DeadLetter letter, Sequence sequence, int most) {
        return call(StoreMethod.PARK, () -> store.park(letter, sequence, most));
    }

    @Override
    public Parking parkBehind(DeadLetter letter, Sequence sequence, int most) {
        return call(StoreMethod.PARK_BEHIND, () -> store.parkBehind(letter, sequence, most));
    }

    @Override
    public Optional<DeadLetter> head(Sequence sequence) {
        return call(StoreMethod.HEAD, () -> store.head(sequence));
    }

    @Override
    public boolean isParked(Sequence sequence) {
        return call(StoreMethod.IS_PARKED, () -> store.isParked(sequence));
    }

    @Override
    public Set<Sequence> sequences() {
        return call(StoreMethod.SEQUENCES, store::sequences);
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

    @Override
    public int capacity() {
        return call(StoreMethod.CAPACITY, store::capacity);
    }

    private <T> T call(StoreMethod method, Supplier<T> body) {
        return faulty.contains(method) ? calls.makeUnchecked(method.operation(), body) : body.get();
    }
}
