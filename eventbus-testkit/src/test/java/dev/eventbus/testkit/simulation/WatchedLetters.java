/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.simulation;

import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.deadletter.DeadLetterReason;
import dev.eventbus.deadletter.DeadLetterStore;
import dev.eventbus.deadletter.LastResort;
import dev.eventbus.deadletter.Parking;
import dev.eventbus.deadletter.Sequence;
import dev.eventbus.testkit.World;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter store that is a step of the simulation at each call, and sometimes throws. Confined to one simulation.
 */
final class WatchedLetters implements DeadLetterStore, LastResort {
    private static final int THROWS = 128;

    private final DeadLetterStore store;
    private final World world;
    private final RandomGenerator random;
    private final LetterAccounts accounts;

    WatchedLetters(DeadLetterStore store, World world, LetterAccounts accounts) {
        this.store = store;
        this.world = world;
        this.random = world.scenarioRandom();
        this.accounts = accounts;
    }

    /** Reads a store without a step. */
    DeadLetterStore still() {
        return store;
    }

    @Override
    public void accept(DeadLetter letter, @Nullable Throwable cause) {
        accounts.lastResort(letter);
    }

    @Override
    public boolean add(DeadLetter letter) {
        step("add");
        boolean kept = store.add(letter);
        accounts.stored(letter, kept);
        world.mark("added");
        return kept;
    }

    @Override
    public Parking park(DeadLetter letter, Sequence sequence, int most) {
        step("park");
        accounts.parksFirst(letter, sequence, store.isParked(sequence)
                || letter.reason() != DeadLetterReason.PARKED_BEHIND);
        Parking parking = store.park(letter, sequence, most);
        accounts.stored(letter, parking == Parking.KEPT);
        world.mark("parked");
        return parking;
    }

    @Override
    public Parking parkBehind(DeadLetter letter, Sequence sequence, int most) {
        step("parkBehind");
        Parking parking = store.parkBehind(letter, sequence, most);
        accounts.stored(letter, parking == Parking.KEPT);
        world.mark("parked behind");
        return parking;
    }

    @Override
    public List<DeadLetter> find(DeadLetterQuery query) {
        world.mark("find");
        return store.find(query);
    }

    @Override
    public Optional<DeadLetter> get(UUID id) {
        world.mark("get");
        return store.get(id);
    }

    @Override
    public Optional<DeadLetter> head(Sequence sequence) {
        world.mark("head");
        return store.head(sequence);
    }

    @Override
    public boolean isParked(Sequence sequence) {
        world.mark("isParked");
        boolean parked = store.isParked(sequence);
        world.mark("isParked answered");
        return parked;
    }

    @Override
    public Set<Sequence> sequences() {
        return store.sequences();
    }

    @Override
    public boolean replace(DeadLetter letter) {
        world.mark("replace");
        return store.replace(letter);
    }

    @Override
    public boolean remove(UUID id) {
        world.mark("remove");
        boolean removed = store.remove(id);
        accounts.removed(id, removed);
        world.mark("removed");
        return removed;
    }

    @Override
    public int size() {
        return store.size();
    }

    @Override
    public int capacity() {
        return store.capacity();
    }

    private void step(String place) {
        world.mark(place);
        if (random.nextInt(THROWS) == 0) {
            accounts.threw();
            throw new IllegalStateException("planted in the store");
        }
    }
}
