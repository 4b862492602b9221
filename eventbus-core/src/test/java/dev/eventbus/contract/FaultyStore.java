/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.contract;

import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.deadletter.DeadLetterStore;
import dev.eventbus.deadletter.Parking;
import dev.eventbus.deadletter.Sequence;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A store that breaks, or lets something happen between two steps, when a test says so. */
final class FaultyStore implements DeadLetterStore {
    boolean broken;
    boolean silent;
    Runnable beforePark = () -> {};
    Runnable beforeParkBehind = () -> {};
    Runnable afterIsParked = () -> {};
    private final DeadLetterStore store;

    FaultyStore(DeadLetterStore store) {
        this.store = store;
    }

    private DeadLetterStore store() {
        if (broken) {
            throw new IllegalStateException("planted");
        }
        return store;
    }

    @Override
    public boolean add(DeadLetter letter) {
        return store().add(letter);
    }

    @Override
    public Parking park(DeadLetter letter, Sequence sequence, int most) {
        beforePark.run();
        return store().park(letter, sequence, most);
    }

    @Override
    public Parking parkBehind(DeadLetter letter, Sequence sequence, int most) {
        beforeParkBehind.run();
        return store().parkBehind(letter, sequence, most);
    }

    @Override
    public List<DeadLetter> find(DeadLetterQuery query) {
        return store().find(query);
    }

    @Override
    public Optional<DeadLetter> get(UUID id) {
        return store().get(id);
    }

    @Override
    public Optional<DeadLetter> head(Sequence sequence) {
        return store().head(sequence);
    }

    @Override
    public boolean isParked(Sequence sequence) {
        if (silent) {
            throw new IllegalStateException("planted");
        }
        boolean parked = store().isParked(sequence);
        Runnable then = afterIsParked;
        afterIsParked = () -> {};
        then.run();
        return parked;
    }

    @Override
    public Set<Sequence> sequences() {
        return store().sequences();
    }

    @Override
    public boolean replace(DeadLetter letter) {
        return store().replace(letter);
    }

    @Override
    public boolean remove(UUID id) {
        return store().remove(id);
    }

    @Override
    public int size() {
        return store().size();
    }

    @Override
    public int capacity() {
        return store().capacity();
    }
}
