/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deadletter;

import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.DeadLetterReason;
import dev.eventbus.deadletter.DeadLetterStore;
import dev.eventbus.deadletter.Parking;
import dev.eventbus.deadletter.Sequence;
import dev.eventbus.event.EventEnvelope;
import dev.eventbus.event.Metadata;
import dev.eventbus.internal.observe.Signals;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A sequence of one letter in the shipped store, and what an entry, a redrive and an end do with it. */
final class Parked {
    private static final Sequence SEQUENCE = new Sequence("s", "k");
    private static final int MOST = 100;

    private final DeadLetterStore store = DeadLetterStore.inMemory(MOST);
    private final DeadLetterSink sink = new DeadLetterSink("b", store, (letter, cause) -> {},
            new Signals("b", List.of()));

    private record Event(Metadata metadata) implements EventEnvelope<String> {
        @Override
        public UUID id() {
            return metadata.id();
        }

        @Override
        public String payload() {
            return "payload";
        }
    }

    static DeadLetter letter(int number) {
        UUID id = new UUID(0, number);
        Metadata metadata = new Metadata(id, "type", 1, Instant.EPOCH, "c", null, 0, "k", Map.of());
        return new DeadLetter(id, new Event(metadata), "s", DeadLetterReason.NOT_RETRYABLE, List.of(), "k",
                Instant.EPOCH,
                true, List.of());
    }

    /** Gives a letter up, as the end of a delivery does. */
    void giveUp(int number) {
        sink.park(letter(number), SEQUENCE, MOST, null);
    }

    /** Asks as an entry does: true if the delivery was parked, false if it goes on. */
    boolean follow(int number) {
        return sink.isParked(SEQUENCE) && sink.askToPark(letter(number), SEQUENCE, MOST).parking() == Parking.KEPT;
    }

    /** Removes a letter, as a redrive does after success, a discard and the retention. */
    boolean remove(int number) {
        return sink.forget(letter(number));
    }

    /** Says how many letters there are, and whether the store and the engine take the sequence for parked. */
    String state() {
        return store.size() + (store.isParked(SEQUENCE) ? " parked" : " free")
                + (sink.isParked(SEQUENCE) ? " known" : " unknown");
    }
}
