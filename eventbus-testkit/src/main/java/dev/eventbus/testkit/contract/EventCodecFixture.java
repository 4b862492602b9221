/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.contract;

import dev.eventbus.event.EventEnvelope;
import dev.eventbus.event.Metadata;
import dev.eventbus.spi.DecodeProblem;
import dev.eventbus.spi.EventCodec;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/**
 * What an {@link EventCodec} says of itself to the suite {@link EventCodecContract}.
 *
 * <p>The form of the codec is text in UTF-8. Codecs may differ in two ways, which an implementation declares: whether a field
 * that a type does not have is ignored ({@link #ignoresUnknownFields()}), and whether half of a pair of surrogates is kept or
 * refused ({@link #keepsHalvesOfPairs()}). One instance per case. Not thread-safe.
 *
 * @since 0.1
 */
public abstract class EventCodecFixture {
    static final UUID ID = new UUID(0x01926b3c_0000_7000L, 0x8000_0000_0000_0001L);
    static final Instant AT = Instant.parse("2026-01-31T09:30:00.123456789Z");

    /** Nothing that a codec says of an input may hold this. */
    static final String CANARY = "payload-canary";

    EventCodec codec;

    /** Creates the fixture. */
    protected EventCodecFixture() {
    }

    /**
     * Makes a codec that knows the type of {@link #payload} and the enum of {@link #enumKey}.
     *
     * @return the codec under test; equal ones at each call
     */
    protected abstract EventCodec codec();

    /**
     * Declares the bound of the codec: it reads no event that is longer, and writes none.
     *
     * @return bytes; at least 100,000, and few enough that the suite may make texts of that length
     */
    protected abstract int maxBytes();

    /**
     * Names the type of the payloads as the codec has it registered.
     *
     * @return the name
     */
    protected abstract String type();

    /**
     * Counts the shapes of the type.
     *
     * @return the version that is registered
     */
    protected abstract int version();

    /**
     * Makes a payload of the registered type.
     *
     * @param text any text, kept in it; or null
     * @return equal ones for equal texts
     */
    protected abstract Object payload(@Nullable String text);

    /**
     * Names a constant of an enum that may be a key.
     *
     * @return a constant that the codec reads back as itself
     */
    protected abstract Enum<?> enumKey();

    /**
     * Puts one thing wrong into an event.
     *
     * <p>Called with {@link DecodeProblem#UNKNOWN_TYPE}, {@link DecodeProblem#UNKNOWN_VERSION},
     * {@link DecodeProblem#MISSING_FIELD}, {@link DecodeProblem#WRONG_TYPE}, {@link DecodeProblem#UNKNOWN_FIELD} and
     * {@link DecodeProblem#DUPLICATE_FIELD}.
     *
     * @param problem what has to be wrong
     * @param encoded a correct event in the codec's form; its payload holds a text, its metadata every field
     * @return the changed event, its id unchanged
     */
    protected abstract SpoiltEvent spoil(DecodeProblem problem, String encoded);

    /**
     * Declares what becomes of a field that the type does not have.
     *
     * @return true if it is ignored, false if the event is refused
     */
    protected abstract boolean ignoresUnknownFields();

    /**
     * Declares what becomes of half of a pair of surrogates in a text of the payload: no character, but possible in Java.
     *
     * @return true if it comes back, false if the event is refused when it is written
     */
    protected abstract boolean keepsHalvesOfPairs();

    /** Makes the codec of one case. */
    @BeforeEach
    public final void open() {
        codec = codec();
    }

    /** An event that has everything. */
    final EventEnvelope<?> event(@Nullable String text) {
        return EventEnvelope.of(metadata("INV-1", AT, Map.of("tenant", "acme", "Straße", "ü ☃ 😀")), payload(text));
    }

    final EventEnvelope<?> withKey(@Nullable Object key) {
        return EventEnvelope.of(metadata(key, AT, Map.of()), payload("x"));
    }

    final EventEnvelope<?> at(Instant timestamp) {
        return EventEnvelope.of(metadata(null, timestamp, Map.of()), payload("x"));
    }

    final EventEnvelope<?> withAttributes(Map<String, String> attributes) {
        return EventEnvelope.of(metadata(null, AT, attributes), payload("x"));
    }

    private Metadata metadata(@Nullable Object key, Instant timestamp, Map<String, String> attributes) {
        return new Metadata(ID, type(), version(), timestamp, "request 7/ä", new UUID(-1, 1), 2, key, attributes);
    }

    /** An event that says as little as an event may. */
    final EventEnvelope<?> bare() {
        return EventEnvelope.of(new Metadata(ID, type(), version(), Instant.EPOCH, "c", null, 0, null, Map.of()),
                payload(null));
    }
}
