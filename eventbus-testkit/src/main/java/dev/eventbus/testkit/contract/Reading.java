/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.eventbus.event.EventEnvelope;
import dev.eventbus.spi.DecodeProblem;
import dev.eventbus.spi.EventCodec;
import dev.eventbus.spi.EventDecodeException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What came of one input on one way in: events, or a refusal. Its text leaves payloads out. Immutable.
 *
 * @param way by which it came, for failures
 * @param events what was read, or null
 * @param refusal what was thrown, or null
 */
record Reading(String way, @Nullable List<EventEnvelope<?>> events, @Nullable EventDecodeException refusal) {
    /** One of the ways in. */
    @FunctionalInterface
    interface Way {
        List<EventEnvelope<?>> read() throws IOException;
    }

    static Reading of(String way, Way read) {
        try {
            return new Reading(way, read.read(), null);
        } catch (EventDecodeException refusal) {
            return new Reading(way, null, refusal);
        } catch (IOException | RuntimeException | StackOverflowError other) {
            return fail("reading " + way + " must end with events or an EventDecodeException, but threw "
                    + other.getClass().getName(), other);
        }
    }

    /** Reads an input from bytes and from a stream. */
    static List<Reading> ofBytes(EventCodec codec, byte[] data) {
        return List.of(of("bytes", () -> codec.decodeAll(data.clone())),
                of("a stream", () -> codec.decodeAll(new ByteArrayInputStream(data))));
    }

    /** Reads an input in every way; what the text lacks in UTF-8 must not be in it. */
    static List<Reading> ofText(EventCodec codec, String text) {
        List<Reading> both = ofBytes(codec, text.getBytes(StandardCharsets.UTF_8));
        return List.of(both.get(0), both.get(1), of("a reader", () -> codec.decodeAll(new StringReader(text))));
    }

    /** The one event that was read. */
    EventEnvelope<?> event() {
        assertThat(refusal == null ? "" : refusal.problem() + " " + refusal.path()).as("refusal of " + way).isEmpty();
        List<EventEnvelope<?>> read = Objects.requireNonNull(events);
        assertThat(read.size()).as("events read from " + way).isEqualTo(1);
        return read.getFirst();
    }

    /** That it was refused, with the whole input kept and none of the payload told. */
    EventDecodeException refused(String input, byte[] data) {
        check(refusal != null, () -> "whether " + input + " is refused when it comes from " + way);
        EventDecodeException thrown = Objects.requireNonNull(refusal);
        check(!thrown.isTruncated(), () -> "whether the refusal of " + input + " lacks no bytes");
        check(Arrays.equals(thrown.raw(), data), () -> "whether the refusal of " + input + " keeps the bytes");
        check(thrown.path().startsWith("$"), () -> "whether the refusal of " + input + " has a JSON path");
        check(!thrown.text().isBlank(), () -> "whether the refusal of " + input + " says what must hold");
        check(!told(thrown), () -> "whether the refusal of " + input + " quotes nothing of the payload");
        return thrown;
    }

    // There are thousands of these in a case, nearly all of which hold.
    private static void check(boolean holds, Supplier<String> what) {
        if (!holds) {
            assertThat(false).as(what.get()).isTrue();
        }
    }

    private static boolean told(EventDecodeException thrown) {
        return (thrown.getMessage() + thrown.text() + thrown.path()).contains(EventCodecFixture.CANARY);
    }

    /** What can be compared between ways in. */
    String outcome() {
        return refusal == null
                ? "events " + Objects.requireNonNull(events).stream()
                        .map(event -> event.metadata() + "/" + event.payload().hashCode()).toList()
                : refusal.problem() + " at " + refusal.path() + " of " + refusal.eventId();
    }

    /** That all ways in came to the same, and to an expected problem if one is named. */
    static void same(String input, List<Reading> readings, @Nullable DecodeProblem expected) {
        String outcome = readings.getFirst().outcome();
        readings.stream().skip(1).forEach(reading -> check(reading.outcome().equals(outcome), () -> "whether " + input
                + " comes to the same from " + reading.way() + " as from " + readings.getFirst().way()));
        if (expected != null) {
            readings.forEach(reading -> assertThat(reading.problem())
                    .as("problem of " + input + " from " + reading.way()).isEqualTo(expected));
        }
    }

    private @Nullable DecodeProblem problem() {
        return refusal == null ? null : refusal.problem();
    }

    @Override
    public String toString() {
        return way;
    }
}
