/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.contract;

import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.deadletter.DeadLetterStore;
import dev.eventbus.deadletter.Parking;
import dev.eventbus.deadletter.Sequence;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Does what the shipped store does, until something is planted. */
abstract class ShippedStore implements DeadLetterStore {
    private final DeadLetterStore store;

    ShippedStore(int capacity, int sequences) {
        store = DeadLetterStore.inMemory(capacity, sequences);
    }

    @Override
    public boolean add(DeadLetter letter) {
        return store.add(letter);
    }

    @Override
    public Parking park(DeadLetter letter, Sequence sequence, int most) {
        return store.park(letter, sequence, most);
    }

    @Override
    public Parking parkBehind(DeadLetter letter, Sequence sequence, int most) {
        return store.parkBehind(letter, sequence, most);
    }

    @Override
    public List<DeadLetter> find(DeadLetterQuery query) {
        return store.find(query);
    }

    @Override
    public Optional<DeadLetter> get(UUID id) {
        return store.get(id);
    }

    @Override
    public Optional<DeadLetter> head(Sequence sequence) {
        return store.head(sequence);
    }

    @Override
    public boolean isParked(Sequence sequence) {
        return store.isParked(sequence);
    }

    @Override
    public Set<Sequence> sequences() {
        return store.sequences();
    }

    @Override
    public boolean replace(DeadLetter letter) {
        return store.replace(letter);
    }

    @Override
    public boolean remove(UUID id) {
        return store.remove(id);
    }

    @Override
    public int size() {
        return store.size();
    }

    @Override
    public int capacity() {
        return store.capacity();
    }
}
