/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.mutants;

import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.deadletter.DeadLetterReason;
import dev.eventbus.deadletter.DeadLetterStore;
import dev.eventbus.deadletter.Parking;
import dev.eventbus.deadletter.Sequence;
import dev.eventbus.testkit.World;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The shipped store, in which each call may meet others before and after it, as calls to a database would. Says when a letter
 * is parked behind nothing. Used by the threads of one simulation.
 */
final class SteppedLetters implements DeadLetterStore {
    private final DeadLetterStore store = DeadLetterStore.inMemory(1_000);
    private final World world;
    private final Consumer<String> complaints;

    SteppedLetters(World world, Consumer<String> complaints) {
        this.world = world;
        this.complaints = complaints;
    }

    private <T> T step(Supplier<T> call) {
        world.mark("store");
        T result = call.get();
        world.mark("stored");
        return result;
    }

    /** Lists a sequence, in no step of its own. */
    List<DeadLetter> peek(Sequence sequence) {
        return sequence.key() == null
                ? store.find(DeadLetterQuery.all().sequence(sequence.subscription()))
                : store.find(DeadLetterQuery.all().sequence(sequence.subscription(), sequence.key()));
    }

    @Override
    public boolean add(DeadLetter letter) {
        return step(() -> store.add(letter));
    }

    @Override
    public Parking park(DeadLetter letter, Sequence sequence, int most) {
        return step(() -> complainIfAlone(letter, sequence, store.park(letter, sequence, most)));
    }

    @Override
    public Parking parkBehind(DeadLetter letter, Sequence sequence, int most) {
        return step(() -> complainIfAlone(letter, sequence, store.parkBehind(letter, sequence, most)));
    }

    // what waits for others is in nobody's way when they are gone
    private Parking complainIfAlone(DeadLetter letter, Sequence sequence, Parking answer) {
        if (answer == Parking.KEPT && letter.reason() == DeadLetterReason.PARKED_BEHIND && peek(sequence).size() == 1) {
            complaints.accept("parked behind nothing: " + letter.event().payload());
        }
        return answer;
    }

    @Override
    public List<DeadLetter> find(DeadLetterQuery query) {
        return step(() -> store.find(query));
    }

    @Override
    public Optional<DeadLetter> get(UUID id) {
        return step(() -> store.get(id));
    }

    @Override
    public Optional<DeadLetter> head(Sequence sequence) {
        return step(() -> store.head(sequence));
    }

    @Override
    public boolean isParked(Sequence sequence) {
        return step(() -> store.isParked(sequence));
    }

    @Override
    public Set<Sequence> sequences() {
        return store.sequences();
    }

    @Override
    public boolean replace(DeadLetter letter) {
        return step(() -> store.replace(letter));
    }

    @Override
    public boolean remove(UUID id) {
        return step(() -> store.remove(id));
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
