/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.deadletter;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Letters in the order in which they came, in a bounded map, with the ids of each sequence beside it. Thread-safe. */
final class InMemoryDeadLetterStore implements DeadLetterStore {
    private record Kept(DeadLetter letter, @Nullable Sequence sequence) {}

    private final ReentrantLock lock = new ReentrantLock(); // around the two maps, never around a predicate of a query
    private final Map<UUID, Kept> letters = new LinkedHashMap<>(); // guarded by lock
    private final Map<Sequence, Set<UUID>> sequences = new LinkedHashMap<>(); // guarded by lock; no set is empty
    private final int capacity;
    private final int mostSequences;

    InMemoryDeadLetterStore(int capacity, int mostSequences) {
        this.capacity = capacity;
        this.mostSequences = mostSequences;
    }

    @Override
    public boolean add(DeadLetter letter) {
        return locked(() -> letters.size() < capacity
                && letters.putIfAbsent(letter.id(), new Kept(letter, null)) == null);
    }

    @Override
    public Parking park(DeadLetter letter, Sequence sequence, int most) {
        return locked(() -> append(letter, sequence, most));
    }

    @Override
    public Parking parkBehind(DeadLetter letter, Sequence sequence, int most) {
        return locked(() -> sequences.containsKey(sequence) ? append(letter, sequence, most) : Parking.NOT_PARKED);
    }

    private Parking append(DeadLetter letter, Sequence sequence, int most) {
        Set<UUID> parked = sequences.get(sequence);
        if (parked != null && parked.size() >= most) {
            return Parking.SEQUENCE_FULL;
        }
        if (letters.size() >= capacity || (parked == null && sequences.size() >= mostSequences)) {
            return Parking.STORE_FULL;
        }
        letters.put(letter.id(), new Kept(letter, sequence));
        sequences.computeIfAbsent(sequence, unused -> new LinkedHashSet<>()).add(letter.id());
        return Parking.KEPT;
    }

    @Override
    public List<DeadLetter> find(DeadLetterQuery query) {
        // A copy, since the query's predicates are the user's: they must not run under the lock.
        List<DeadLetter> candidates = locked(() -> candidates(query));
        return candidates.stream().filter(query::matches).limit(query.limit()).toList();
    }

    private List<DeadLetter> candidates(DeadLetterQuery query) {
        if (query.letter().isPresent()) {
            return letters(Set.of(query.letter().get()));
        }
        if (query.sequence().isPresent()) {
            return letters(sequences.getOrDefault(query.sequence().get(), Set.of()));
        }
        return letters.values().stream().map(Kept::letter).toList();
    }

    private List<DeadLetter> letters(Set<UUID> ids) {
        return ids.stream().map(letters::get).filter(Objects::nonNull).map(Kept::letter).toList();
    }

    @Override
    public Optional<DeadLetter> get(UUID id) {
        return locked(() -> Optional.ofNullable(letters.get(id)).map(Kept::letter));
    }

    @Override
    public Optional<DeadLetter> head(Sequence sequence) {
        return locked(() -> sequences.getOrDefault(sequence, Set.of()).stream().findFirst().map(letters::get)
                .map(Kept::letter));
    }

    @Override
    public boolean isParked(Sequence sequence) {
        return locked(() -> sequences.containsKey(sequence));
    }

    @Override
    public Set<Sequence> sequences() {
        return locked(() -> Set.copyOf(sequences.keySet()));
    }

    @Override
    public boolean replace(DeadLetter letter) {
        return locked(() -> letters.computeIfPresent(letter.id(),
                (unused, before) -> new Kept(letter, before.sequence())) != null);
    }

    @Override
    public boolean remove(UUID id) {
        return locked(() -> {
            Kept removed = letters.remove(id);
            if (removed != null && removed.sequence() != null) {
                leave(removed.sequence(), id);
            }
            return removed != null;
        });
    }

    private void leave(Sequence sequence, UUID id) {
        Set<UUID> parked = Objects.requireNonNull(sequences.get(sequence));
        if (parked.remove(id) && parked.isEmpty()) {
            sequences.remove(sequence);
        }
    }

    @Override
    public int size() {
        return locked(letters::size);
    }

    @Override
    public int capacity() {
        return capacity;
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
