/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.contract;

import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.deadletter.DeadLetterReason;
import dev.eventbus.deadletter.DeadLetterStore;
import dev.eventbus.deadletter.Parking;
import dev.eventbus.deadletter.Sequence;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The answers that suit nobody. */
final class NoStore implements DeadLetterStore {
    private final DeadLetter foreign = new DeadLetter(new UUID(7, 7), SampleEvent.of(77, "foreign", "foreign"),
            "foreign", DeadLetterReason.KEY_FAILED, List.of(), null, Instant.EPOCH);

    @Override
    public boolean add(DeadLetter letter) {
        return true;
    }

    @Override
    public Parking park(DeadLetter letter, Sequence sequence, int most) {
        return Parking.NOT_PARKED;
    }

    @Override
    public Parking parkBehind(DeadLetter letter, Sequence sequence, int most) {
        return Parking.KEPT;
    }

    @Override
    public List<DeadLetter> find(DeadLetterQuery query) {
        return List.of(foreign);
    }

    @Override
    public Optional<DeadLetter> get(UUID id) {
        return Optional.of(foreign);
    }

    @Override
    public Optional<DeadLetter> head(Sequence sequence) {
        return Optional.of(foreign);
    }

    @Override
    public boolean isParked(Sequence sequence) {
        return true;
    }

    @Override
    public Set<Sequence> sequences() {
        return Set.of(new Sequence("foreign", null));
    }

    @Override
    public boolean replace(DeadLetter letter) {
        return true;
    }

    @Override
    public boolean remove(UUID id) {
        return true;
    }

    @Override
    public int size() {
        return 7;
    }

    @Override
    public int capacity() {
        return 7;
    }
}
