/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.eventbus.event.EventEnvelope;
import dev.eventbus.event.Metadata;
import dev.eventbus.spi.DecodeProblem;
import dev.eventbus.spi.EventCodec;
import dev.eventbus.spi.EventDecodeException;
import dev.eventbus.spi.EventEncodeException;
import dev.eventbus.testkit.Rendezvous;
import dev.eventbus.testkit.TaskOutcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * What every {@link EventCodec} promises.
 *
 * {@snippet class="dev.eventbus.testkit.contract.LinesCodecContractTest" region="suite"}
 *
 * <p>Deliberately not asserted: how an event looks; times before the year 0 and after 9999; what becomes of older versions; what
 * the payload's own constructor refuses; the depth of payloads and the length of numbers, which a form need not have; the words
 * of refusals; how long anything takes.
 *
 * <p>One instance per case; the case runs in one thread and starts others. Not thread-safe.
 *
 * @since 0.1
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
public abstract class EventCodecContract extends EventCodecFixture {
    private static final int THREADS = 4;
    private static final int ROUNDS = 50;

    /** Not registered anywhere. */
    private record Unknown(String text) {}

    /** Creates the suite. */
    protected EventCodecContract() {
    }

    /* ---------------- without loss ---------------- */

    /** A media type, the same at each call. */
    @Test
    public void names_its_format() {
        assertThat(codec.contentType()).as("media type").matches("[a-z]+/[a-z0-9.+-]+");
        assertThat(codec().contentType()).as("media type of an equal codec").isEqualTo(codec.contentType());
    }

    /** Every field of the metadata, and the payload. */
    @Test
    public void gives_an_event_back_whole() {
        comesBack("everything", event("a text"));
    }

    /** A root without causation, key and attributes, whose payload lacks its text. */
    @Test
    public void gives_back_what_is_missing_as_missing() {
        comesBack("next to nothing", bare());
    }

    /** Neither digits nor time zones are lost. */
    @Test
    public void keeps_times_to_the_nanosecond() {
        for (String time : List.of("2026-01-31T09:30:00.000000001Z", "2026-01-31T09:30:00.999999999Z",
                "2026-01-31T09:30:00.100Z", "2026-01-31T09:30:00Z", "1969-12-31T23:59:59.999999999Z",
                "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z", "2024-02-29T00:00:00.000001Z")) {
            comesBack("the time " + time, at(Instant.parse(time)));
        }
    }

    /** A number stays a number of its size, a text that looks like one a text. */
    @Test
    public void keeps_keys_with_their_types() {
        for (Object key : List.of("INV-1", "1", "Schlüssel ☃", "00000000-0000-0001-0000-000000000002", "\"{}\\", 1, 1L,
                Integer.MIN_VALUE, Integer.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE, new UUID(1, 2), new UUID(-1, -1),
                enumKey(), enumKey().name(), "k".repeat(256))) {
            comesBack("a key of type " + key.getClass().getSimpleName(), withKey(key));
        }
    }

    /** Names of attributes cannot be taken for fields of the form. */
    @Test
    public void keeps_attributes_whatever_they_are_called() {
        Map<String, String> attributes = new HashMap<>();
        Stream.of("id", "type", "version", "timestamp", "correlationId", "causationId", "depth", "key", "keyType",
                "attributes", "payload", "specversion", "source", "subject", "time", "data", "datacontenttype",
                "dataschema", "data_base64", "correlationid", "causationid", "partitionkey", "traceparent", "Upper",
                "with space", "Straße", "a.b/c:d", "\"quoted\\", "@type", "n".repeat(256))
                .forEach(name -> attributes.put(name, "value of " + name));
        attributes.put("empty", "");
        attributes.put("wide", "ü ☃ 😀 \"\\/ {}[],:");
        attributes.put("long", "v".repeat(8_192));

        comesBack("many attributes", withAttributes(attributes));
    }

    /** Control characters, separators and characters beyond the first plane too. */
    @Test
    public void keeps_texts_of_any_characters() {
        String all = IntStream.rangeClosed(0, 0x2FFF).mapToObj(Character::toString).collect(Collectors.joining());
        for (String text : List.of("", " ", "null", "\"\\/\b\f\n\r\t\u0000\u007F", "\u0085\u2028\u2029\uFEFF\uFFFF",
                "ä☃😀\uD83D\uDC69\u200D\uD83D\uDC67", all)) {
            comesBack("a text of " + text.length() + " characters", event(text));
        }
    }

    /** As {@link #keepsHalvesOfPairs()} declares. */
    @Test
    public void keeps_halves_of_pairs_or_refuses_them_as_declared() {
        for (String text : List.of("\uD83D", "a\uDE00b", "\uDE00\uD83D")) {
            if (keepsHalvesOfPairs()) {
                comesBack("half of a pair of surrogates, as keepsHalvesOfPairs() declares", event(text));
            } else {
                notWritten("an event with half of a pair of surrogates, as keepsHalvesOfPairs() declares", event(text));
            }
        }
    }

    /** Texts have no bound of their own. */
    @Test
    public void keeps_very_long_texts() {
        int length = maxBytes() / 10;
        comesBack("a text of a tenth of the bound", event("x".repeat(length)));
        comesBack("wide characters of a tenth of the bound", event("☃".repeat(length / 10)));
    }

    /** What is beyond the bounds of the reading side is refused when it is written, not when it is needed. */
    @Test
    public void writes_nothing_that_it_would_not_read() {
        Map<String, String> many = IntStream.range(0, 1_000).boxed()
                .collect(Collectors.toMap(i -> "name" + i, i -> "value"));
        for (EventEnvelope<?> event : List.of(event("x".repeat(maxBytes())), withAttributes(many),
                withAttributes(Map.of("", "value")), withAttributes(Map.of("a\nb", "c\u0000d")),
                withAttributes(Map.of("name", "v".repeat(10_000))))) {
            if (!(catchThrowable(() -> codec.encode(event)) instanceof EventEncodeException)) {
                comesBack("odd parts that was not refused", event);
            }
        }
    }

    private void comesBack(String what, EventEnvelope<?> event) {
        same("an event with " + what, one(codec, codec.encode(event)), event);
    }

    private static void same(String what, EventEnvelope<?> read, EventEnvelope<?> written) {
        assertThat(read.metadata().attributes()).as("attributes of " + what).isEqualTo(written.metadata().attributes());
        assertThat(read.metadata()).as("metadata of " + what).isEqualTo(written.metadata());
        assertThat(read.payload().equals(written.payload())).as("whether the payload of " + what + " came back")
                .isTrue();
    }

    private static EventEnvelope<?> one(EventCodec codec, byte[] data) {
        return Reading.of("bytes", () -> codec.decodeAll(data)).event();
    }

    /* ---------------- writing ---------------- */

    /** The order in which attributes were put together says nothing. */
    @Test
    public void writes_equal_events_as_the_same_bytes() {
        Map<String, String> forwards = new LinkedHashMap<>();
        IntStream.range(0, 20).forEach(i -> forwards.put("name" + i, "value"));
        Map<String, String> backwards = new LinkedHashMap<>();
        IntStream.range(0, 20).map(i -> 19 - i).forEach(i -> backwards.put("name" + i, "value"));
        byte[] data = codec.encode(withAttributes(forwards));

        assertThat(Arrays.equals(codec.encode(withAttributes(backwards)), data))
                .as("whether equal events have equal bytes")
                .isTrue();
        assertThat(Arrays.equals(codec().encode(withAttributes(backwards)), data))
                .as("whether equal codecs write equal bytes").isTrue();
        assertThat(Arrays.equals(codec.encode(one(codec, data)), data)).as("whether what was read is written as it was")
                .isTrue();
    }

    /** A stream is written to and not closed, so that more can follow. */
    @Test
    public void writes_to_a_stream_what_it_returns_and_leaves_it_open() {
        Written out = new Written();
        write(event("one"), out);
        write(event("two"), out);

        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(codec.encode(event("one")));
        both.writeBytes(codec.encode(event("two")));
        assertThat(one(codec, codec.encode(event("one"))).id()).as("id of what was written").isEqualTo(ID);
        assertThat(Arrays.equals(out.toByteArray(), both.toByteArray())).as("whether a stream gets what encode returns")
                .isTrue();
        assertThat(out.closed).as("whether the stream was closed").isFalse();
    }

    private void write(EventEnvelope<?> event, OutputStream out) {
        try {
            codec.encode(event, out);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Knows whether it was closed. */
    private static final class Written extends ByteArrayOutputStream {
        private boolean closed;

        @Override
        public void close() {
            closed = true;
        }
    }

    /** Nothing half written stays behind, and the refusal tells nothing of the payload. */
    @Test
    public void writes_nothing_of_an_event_whose_type_it_does_not_know() {
        notWritten("an event of an unknown type", EventEnvelope.of(new Metadata(ID, Unknown.class.getName(), 1, AT, "c",
                null, 0, null, Map.of()), new Unknown(CANARY)));
    }

    private void notWritten(String what, EventEnvelope<?> event) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Throwable thrown : Arrays.asList(catchThrowable(() -> codec.encode(event, out)),
                catchThrowable(() -> codec.encode(event)))) {
            assertThat(thrown).as("refusal of " + what).isInstanceOf(EventEncodeException.class);
            assertThat(((EventEncodeException) thrown).eventId()).as("id in the refusal of " + what).isEqualTo(ID);
            assertThat(String.valueOf(thrown.getMessage()).contains(CANARY))
                    .as("whether the refusal of " + what + " quotes the payload").isFalse();
        }
        assertThat(out.size()).as("bytes written of " + what).isZero();
    }

    /* ---------------- ways in ---------------- */

    /** Bytes, a stream and a reader, also such as give little at a time. */
    @Test
    public void reads_bytes_streams_and_readers_alike() {
        for (EventEnvelope<?> event : List.of(event("ä☃😀 \u0000"), bare(), withKey(7L))) {
            byte[] data = codec.encode(event);
            List<Reading> readings = new ArrayList<>(
                    Reading.ofText(codec, new String(data, StandardCharsets.UTF_8)));
            readings.add(Reading.of("a slow stream", () -> codec.decodeAll(WatchedStream.of(data))));
            readings.add(Reading.of("a slow reader",
                    () -> codec.decodeAll(new WatchedReader(WatchedStream.of(data)))));
            readings.forEach(reading -> same("an event from " + reading.way(), reading.event(), event));
        }
    }

    /** Whoever opened them closes them, whether the event was good or not. */
    @Test
    public void leaves_streams_and_readers_open() {
        byte[] good = codec.encode(event("x"));
        for (byte[] data : List.of(good, Arrays.copyOf(good, good.length / 2))) {
            WatchedStream stream = WatchedStream.of(data);
            WatchedReader reader = new WatchedReader(WatchedStream.of(data));
            Reading fromStream = Reading.of("a stream", () -> codec.decodeAll(stream));
            Reading fromReader = Reading.of("a reader", () -> codec.decodeAll(reader));

            assertThat(fromStream.outcome()).as("outcomes of a stream and a reader").isEqualTo(fromReader.outcome());
            assertThat(stream.isClosed()).as("whether the stream was closed").isFalse();
            assertThat(reader.isClosed()).as("whether the reader was closed").isFalse();
            assertThat(stream.taken()).as("bytes taken from the stream").isEqualTo(data.length);
        }
    }

    /** A stream that fails is no bad event. */
    @Test
    public void lets_failures_of_streams_and_readers_through() {
        IOException failure = new IOException("down");
        byte[] data = codec.encode(event("x"));
        byte[] half = Arrays.copyOf(data, data.length / 2);

        assertThat(catchThrowable(() -> codec.decodeAll(WatchedStream.failing(half, failure))))
                .as("what a failing stream leads to").isSameAs(failure);
        assertThat(catchThrowable(() -> codec.decodeAll(new WatchedReader(WatchedStream.failing(half, failure)))))
                .as("what a failing reader leads to").isSameAs(failure);
        assertThat(catchThrowable(() -> codec.encode(event("x"), new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw failure;
            }
        }))).as("what a failing output leads to").isSameAs(failure);
    }

    /** Arrays belong to the caller. */
    @Test
    public void keeps_no_array_that_it_was_given_or_has_returned() {
        byte[] written = codec.encode(event("x"));
        byte[] data = written.clone();
        byte[] input = data.clone();
        EventEnvelope<?> read = one(codec, input);
        assertThat(Arrays.equals(input, data)).as("whether the input is as it was").isTrue();
        Arrays.fill(input, (byte) 'x');
        Arrays.fill(written, (byte) 'x');
        same("an event whose input was overwritten", read, event("x"));
        assertThat(Arrays.equals(codec.encode(event("x")), data))
                .as("whether an event is written as before its bytes were overwritten").isTrue();

        byte[] bad = Arrays.copyOf(data, data.length - 1);
        Reading reading = Reading.of("bytes", () -> codec.decodeAll(bad));
        byte[] kept = bad.clone();
        Arrays.fill(bad, (byte) 'x');
        EventDecodeException unused = reading.refused("input that was overwritten afterwards", kept);
    }

    /* ---------------- bad input ---------------- */

    /** Names are looked up in what was registered and nowhere else. */
    @Test
    public void refuses_an_unknown_type() {
        refusesSpoilt(DecodeProblem.UNKNOWN_TYPE);
    }

    /** The present version and those that lead to it are known. */
    @Test
    public void refuses_an_unknown_version() {
        refusesSpoilt(DecodeProblem.UNKNOWN_VERSION);
    }

    /** What is missing is no null and no default. */
    @Test
    public void refuses_a_missing_field() {
        refusesSpoilt(DecodeProblem.MISSING_FIELD);
    }

    /** Nothing is converted in silence. */
    @Test
    public void refuses_a_value_of_another_type() {
        refusesSpoilt(DecodeProblem.WRONG_TYPE);
    }

    /** Two readers could take a different one of them. */
    @Test
    public void refuses_a_field_that_occurs_twice() {
        refusesSpoilt(DecodeProblem.DUPLICATE_FIELD);
    }

    /** As {@link #ignoresUnknownFields()} declares. */
    @Test
    public void refuses_or_ignores_an_unknown_field_as_declared() {
        if (!ignoresUnknownFields()) {
            refusesSpoilt(DecodeProblem.UNKNOWN_FIELD);
            return;
        }
        SpoiltEvent spoilt = spoilt(DecodeProblem.UNKNOWN_FIELD);
        for (Reading reading : Reading.ofText(codec, spoilt.text())) {
            same("an event with an unknown field, as ignoresUnknownFields() declares, from " + reading.way(),
                    reading.event(), event(CANARY));
        }
    }

    private SpoiltEvent spoilt(DecodeProblem problem) {
        String encoded = new String(codec.encode(event(CANARY)), StandardCharsets.UTF_8);
        SpoiltEvent spoilt = spoil(problem, encoded);
        assertThat(spoilt.text().equals(encoded)).as("whether spoil(" + problem + ") left the event as it was")
                .isFalse();
        return spoilt;
    }

    /** Two of the ways in would be enough to hide a difference, so all three are held to the same. */
    private void refusesSpoilt(DecodeProblem problem) {
        SpoiltEvent spoilt = spoilt(problem);
        String input = "an event with " + problem;
        List<Reading> readings = Reading.ofText(codec, spoilt.text());
        for (Reading reading : readings) {
            EventDecodeException refusal = reading.refused(input, bytes(spoilt.text()));
            assertThat(refusal.path()).as("path in the refusal of " + input).isEqualTo(spoilt.path());
            assertThat(refusal.eventId()).as("id in the refusal of " + input)
                    .isEqualTo(problem == DecodeProblem.DUPLICATE_FIELD ? refusal.eventId() : ID);
        }
        Reading.same(input, readings, problem);
    }

    /** Nothing is no event, and no list of none. */
    @Test
    public void refuses_empty_input() {
        refused("empty input", "", DecodeProblem.MALFORMED);
    }

    /** Wherever a connection breaks. */
    @Test
    public void refuses_input_that_is_cut_off_anywhere() {
        String whole = new String(codec.encode(event(CANARY)), StandardCharsets.UTF_8);
        for (int length = 1; length < whole.length(); length++) {
            if (!Character.isHighSurrogate(whole.charAt(length - 1))) {
                refused("an event cut off after " + length + " of " + whole.length() + " characters",
                        whole.substring(0, length), DecodeProblem.MALFORMED);
            }
        }
    }

    /** Bytes that stand for one event stand for nothing else. */
    @Test
    public void refuses_what_follows_an_event() {
        String whole = new String(codec.encode(event(CANARY)), StandardCharsets.UTF_8);
        for (String more : List.of(whole, "x", "}", ",", "\"", "0", "\u0000", "null")) {
            refused("an event followed by something", whole + more, DecodeProblem.MALFORMED);
        }
    }

    /** Other formats, other encodings, and chance. */
    @Test
    public void refuses_garbage() {
        for (String text : List.of("x", "{", "}", "[]", "{}", "null", "true", "0", "\"\"", "<event/>", " \n", "\u0000",
                "\uFEFF" + new String(codec.encode(bare()), StandardCharsets.UTF_8))) {
            refused("garbage", text, null);
        }
        refused("an event in UTF-16", new String(codec.encode(bare()), StandardCharsets.UTF_8)
                .getBytes(StandardCharsets.UTF_16LE));
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            byte[] data = new byte[1 + random.nextInt(64)];
            random.nextBytes(data);
            refused("random bytes", data);
        }
    }

    private void refused(String input, String text, @Nullable DecodeProblem problem) {
        List<Reading> readings = Reading.ofText(codec, text);
        for (Reading reading : readings) {
            EventDecodeException unused = reading.refused(input, bytes(text));
        }
        Reading.same(input, readings, problem);
    }

    private void refused(String input, byte[] data) {
        List<Reading> readings = Reading.ofBytes(codec, data);
        for (Reading reading : readings) {
            EventDecodeException unused = reading.refused(input, data);
        }
        Reading.same(input, readings, null);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** As {@link #maxBytes()} declares; the rest of the input is not even looked at. */
    @Test
    public void refuses_what_is_longer_than_its_bound_and_reads_no_more_of_it() {
        byte[] good = codec.encode(event(CANARY));
        byte[] padded = Arrays.copyOf(good, maxBytes() + 1);
        Arrays.fill(padded, good.length, padded.length, (byte) ' ');
        WatchedStream stream = WatchedStream.endless(good);
        WatchedReader reader = new WatchedReader(WatchedStream.endless(good));
        List<Reading> readings = List.of(Reading.of("bytes", () -> codec.decodeAll(padded)),
                Reading.of("a stream", () -> codec.decodeAll(stream)),
                Reading.of("a reader", () -> codec.decodeAll(reader)));

        Reading.same("an event that is too long", readings, DecodeProblem.LIMIT);
        for (Reading reading : readings) {
            EventDecodeException refusal = Objects.requireNonNull(reading.refusal());
            byte[] kept = refusal.raw();
            assertThat(kept.length).as("bytes kept from " + reading.way()).isBetween(1, maxBytes());
            assertThat(Arrays.equals(kept, Arrays.copyOf(padded, kept.length)))
                    .as("whether the first bytes are kept from " + reading.way()).isTrue();
            assertThat(refusal.isTruncated()).as("whether the refusal from " + reading.way() + " says that bytes lack")
                    .isTrue();
        }
        assertThat(stream.taken()).as("bytes taken from an endless stream").isLessThanOrEqualTo(maxBytes() + 1L);
        assertThat(reader.taken()).as("characters taken from an endless reader").isLessThanOrEqualTo(maxBytes() + 1L);
    }

    /** No other exception comes out, and all ways in agree. */
    @Test
    public void ends_with_an_event_or_a_refusal_whatever_byte_is_changed() {
        byte[] good = codec.encode(event("x"));
        same("an event of which no byte is changed", one(codec, good), event("x"));
        byte[] others = {0, '"', '{', '\\', -1};
        for (int i = 0; i < good.length; i++) {
            byte[] changed = good.clone();
            changed[i] = others[i % others.length];
            List<Reading> readings = Reading.ofBytes(codec, changed);
            Reading.same("an event whose byte " + i + " was changed", readings, null);
            if (readings.getFirst().refusal() == null) {
                EventEnvelope<?> unused = readings.getFirst().event();
            }
        }
    }

    /* ---------------- threads ---------------- */

    /** One codec serves a whole application. */
    @Test
    public void serves_several_threads_at_once() {
        List<TaskOutcome<Integer>> outcomes = Rendezvous.collide(THREADS, number -> {
            int right = 0;
            for (int round = 0; round < ROUNDS; round++) {
                EventEnvelope<?> event = event("thread " + number + " in round " + round);
                List<EventEnvelope<?>> read = codec.decodeAll(codec.encode(event));
                right += read.size() == 1 && read.getFirst().payload().equals(event.payload()) ? 1 : 0;
            }
            return right;
        });

        assertThat(outcomes.stream().filter(TaskOutcome.Threw.class::isInstance).count()).as("threads that failed")
                .isZero();
        assertThat(outcomes.stream().map(TaskOutcome::value).toList()).as("events that came back to each thread")
                .isEqualTo(Stream.generate(() -> ROUNDS).limit(THREADS).toList());
    }
}
