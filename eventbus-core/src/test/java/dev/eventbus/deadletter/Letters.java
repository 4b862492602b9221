/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.deadletter;

import dev.eventbus.event.EventEnvelope;
import dev.eventbus.event.Metadata;
import dev.eventbus.fixture.Canary;
import dev.eventbus.fixture.ManualClocks;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Makes dead letters of payloads that nobody may touch. Stateless. */
public final class Letters {
    private record Envelope(Metadata metadata, Canary payload) implements EventEnvelope<Canary> {
        @Override
        public UUID id() {
            return metadata.id();
        }

        @Override
        public String toString() {
            throw new AssertionError("the envelope was printed, and a user's would print its payload");
        }
    }

    private Letters() {
    }

    /**
     * Makes a letter that belongs to no sequence.
     *
     * @param number half of its id, and of its event's
     * @return the letter
     */
    public static DeadLetter letter(int number) {
        return letter(number, "billing", "order", DeadLetterReason.ATTEMPTS_EXHAUSTED);
    }

    static DeadLetter letter(int number, String subscription, String type, DeadLetterReason reason) {
        return new DeadLetter(new UUID(0, number), event(number, type), subscription, reason, List.of(),
                null, ManualClocks.START);
    }

    /**
     * Makes a letter of a sequence.
     *
     * @param number half of its id, and of its event's
     * @param key names the sequence
     * @return the letter
     */
    public static DeadLetter sequenced(int number, String key) {
        return new DeadLetter(new UUID(0, number), event(number, "order"), "billing",
                DeadLetterReason.ATTEMPTS_EXHAUSTED, List.of(), key, ManualClocks.START, true, List.of());
    }

    static EventEnvelope<Canary> event(int number, String type) {
        UUID id = new UUID(1, number);
        return new Envelope(new Metadata(id, type, 1, ManualClocks.START, id.toString(), null, 0, null, Map.of()),
                new Canary());
    }
}
