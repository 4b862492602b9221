/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deadletter;

import dev.eventbus.deadletter.DeadLetterStore;
import dev.eventbus.deadletter.Sequence;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Knows in memory which sequences are parked, so that nobody has to ask the store for each event.
 *
 * <p>A sequence is in here from before the store is asked to park its first letter until the store has said that it is not
 * parked. So it MAY be in here a moment too long, which costs a question to the store; it is never missing. As many
 * sequences as the store has, and one for each thread that parks. Thread-safe.
 */
final class ParkedSequences {
    /*
     * The store's answers arrive in another order than it gave them. Each change of an entry gets a stamp of its own; what
     * the store says of a removal is taken down only if the entry has had the same stamp before it was asked, since then no
     * letter was parked in between and nobody else has taken an answer down.
     */
    private record State(int parking, boolean kept, boolean doubtful, long stamp) {}

    private static final long ABSENT = 0;

    private final ConcurrentMap<Sequence, State> states = new ConcurrentHashMap<>();
    private final AtomicLong stamps = new AtomicLong(ABSENT);
    private final DeadLetterStore store;

    ParkedSequences(DeadLetterStore store) {
        this.store = store;
        Set<Sequence> before = store.sequences();
        before.forEach(sequence -> states.put(sequence, new State(0, true, false, stamps.incrementAndGet())));
    }

    boolean contains(Sequence sequence) {
        return states.containsKey(sequence);
    }

    boolean isEmpty() {
        return states.isEmpty();
    }

    int size() {
        return states.size();
    }

    /** The store is about to be asked to park a letter. */
    void begin(Sequence sequence) {
        states.compute(sequence, (unused, now) -> now == null
                ? state(1, false, false)
                : state(now.parking + 1, now.kept, now.doubtful));
    }

    /** It has answered, or thrown; true if a removal meanwhile may have taken what it kept: then {@link #refresh} follows. */
    boolean end(Sequence sequence, boolean kept) {
        boolean[] doubtful = new boolean[1];
        states.computeIfPresent(sequence, (unused, now) -> {
            int parking = now.parking - 1;
            doubtful[0] = now.doubtful && parking == 0;
            return orAbsent(parking, now.kept || kept, now.doubtful && parking > 0);
        });
        return doubtful[0];
    }

    /** The store has lost a letter of the sequence, or has said that it holds none: asks whether it is parked still. */
    void refresh(Sequence sequence) {
        long seen;
        boolean parked;
        do {
            seen = stamp(sequence);
            parked = store.isParked(sequence);
        } while (!takeDown(sequence, seen, parked)); // another thread has changed the entry, so this ends
    }

    private long stamp(Sequence sequence) {
        State now = states.get(sequence);
        return now == null ? ABSENT : now.stamp;
    }

    private boolean takeDown(Sequence sequence, long seen, boolean parked) {
        boolean[] same = new boolean[1];
        states.compute(sequence, (unused, now) -> {
            same[0] = (now == null ? ABSENT : now.stamp) == seen;
            if (!same[0]) {
                return now;
            }
            int parking = now == null ? 0 : now.parking;
            return orAbsent(parking, parked, parking > 0 && !parked);
        });
        return same[0];
    }

    private @Nullable State orAbsent(int parking, boolean kept, boolean doubtful) {
        return parking == 0 && !kept ? null : state(parking, kept, doubtful);
    }

    private State state(int parking, boolean kept, boolean doubtful) {
        return new State(parking, kept, doubtful, stamps.incrementAndGet());
    }
}
