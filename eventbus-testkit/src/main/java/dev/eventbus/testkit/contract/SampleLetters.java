/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.contract;

import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.DeadLetterReason;
import dev.eventbus.deadletter.Edit;
import dev.eventbus.deadletter.FailedAttempt;
import dev.eventbus.deadletter.Sequence;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Makes letters, equal ones for equal numbers. Immutable.
 *
 * @param payloads makes the payload of a letter
 */
record SampleLetters(IntFunction<Object> payloads) {
    /** What a letter says, comparable field by field; the text leaves the payload out. */
    record Content(DeadLetter letter, Object metadata, Object payload) {
        static Content of(DeadLetter letter) {
            return new Content(letter, letter.event().metadata(), letter.event().payload());
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Content that && metadata.equals(that.metadata) && payload.equals(that.payload)
                    && plain(letter).equals(plain(that.letter));
        }

        @Override
        public int hashCode() {
            return letter.id().hashCode();
        }

        @Override
        public String toString() {
            return plain(letter) + " of " + metadata + " with a " + payload.getClass().getName();
        }

        // Everything of a letter but the envelope, which need not have an equals of its own.
        private static List<@Nullable Object> plain(DeadLetter letter) {
            return Arrays.asList(letter.id(), letter.subscription(), letter.reason(), letter.attempts(),
                    letter.key(), letter.at(), letter.sequenced(),
                    letter.edits().stream().map(Content::plain).toList());
        }

        // The payload by its own equals, since it may come back as another object.
        private static List<Object> plain(Edit edit) {
            return List.of(edit.at(), edit.reason(), edit.original());
        }
    }

    static UUID id(int number) {
        return new UUID(0, number);
    }

    DeadLetter letter(int number) {
        return letter(number, "billing", "order", DeadLetterReason.ATTEMPTS_EXHAUSTED);
    }

    DeadLetter letter(int number, String subscription, String type, DeadLetterReason reason) {
        SampleEvent event = SampleEvent.of(number, type, payloads.apply(number));
        return new DeadLetter(id(number), event, subscription, reason, List.of(
                new FailedAttempt(1, at(number), "java.io.IOException", "down", "0123456789abcdef",
                        Duration.ofMillis(3)),
                new FailedAttempt(2, at(number + 1), "java.io.IOException", null, "0123456789abcdef", null)),
                "key-" + number, at(number + 2));
    }

    /** A letter that says as little as a letter may. */
    DeadLetter bareLetter(int number) {
        SampleEvent event = SampleEvent.of(number, "order", payloads.apply(number));
        return new DeadLetter(id(number), event, "billing", DeadLetterReason.OVERFLOW, List.of(), null, at(number));
    }

    /** A letter of a sequence. */
    DeadLetter parked(int number, Sequence sequence) {
        return parked(number, sequence, DeadLetterReason.PARKED_BEHIND);
    }

    DeadLetter parked(int number, Sequence sequence, DeadLetterReason reason) {
        DeadLetter plain = letter(number, sequence.subscription(), "order", reason);
        return new DeadLetter(plain.id(), plain.event(), plain.subscription(), reason, plain.attempts(), sequence.key(),
                plain.at(), true, List.of());
    }

    /** The same letter after two edits. */
    DeadLetter edited(DeadLetter letter, int number) {
        SampleEvent event = new SampleEvent(letter.event().metadata(), payloads.apply(number));
        return new DeadLetter(letter.id(), event, letter.subscription(), letter.reason(), letter.attempts(),
                letter.key(),
                letter.at(), letter.sequenced(), List.of(new Edit(at(number), "first try", letter.event().payload()),
                        new Edit(at(number + 1), "second try", payloads.apply(number + 1))));
    }

    private static Instant at(int number) {
        return Instant.ofEpochMilli(5_000L + number);
    }
}
