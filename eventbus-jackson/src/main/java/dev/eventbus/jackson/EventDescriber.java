/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.FailedAttempt;
import dev.eventbus.event.EventEnvelope;
import dev.eventbus.event.Sensitive;
import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Describes events and dead letters for people: id, type and the payload as JSON, with a mask in place of whatever is
 * {@link Sensitive}.
 *
 * <p>Attributes and keys are left out. Calls no {@code toString} of a payload. Thread-safe.
 *
 * @since 0.1
 */
public final class EventDescriber {
    /** What stands in place of a sensitive value. */
    public static final String MASK = "***";

    private static final int MAX_TEXT = 10_000;
    private static final int MAX_ATTEMPTS = 10;

    // line separators and the like are no control characters to JSON, but would forge lines of a log
    private final ObjectWriter writer = Mappers.mapper(CodecOptions.options(), new Masking()).rebuild()
            .addModule(new SimpleModule("masks").addKeySerializer(Record.class, new MaskedName())).build().writer()
            .with(JsonWriteFeature.ESCAPE_NON_ASCII);

    private EventDescriber() {
    }

    /**
     * Creates a describer.
     *
     * @return the describer
     */
    public static EventDescriber create() {
        return new EventDescriber();
    }

    /**
     * Describes an event.
     *
     * @param event any event, of a registered type or not
     * @return one line; at most 10,000 characters of the payload, then an ellipsis; a payload that has no form in JSON is named
     *         by its class
     */
    public String describe(EventEnvelope<?> event) {
        return event.metadata().type() + " " + event.id() + " " + payload(event.payload());
    }

    /**
     * Describes a dead letter: who gave up and why, what each attempt threw, and the event.
     *
     * <p>Failures are named by class and time. What they say is left out, since it is the handler's and may quote what is
     * sensitive; it stands in {@link FailedAttempt#message()}.
     *
     * @param letter any letter
     * @return one line; of more than 10 attempts the latest 10
     */
    public String describe(DeadLetter letter) {
        return "dead letter " + letter.id() + " of '" + letter.subscription() + "': " + letter.reason()
                + attempts(letter)
                + (letter.edits().isEmpty() ? "" : ", edits " + letter.edits().size()) + ": "
                + describe(letter.event());
    }

    private static String attempts(DeadLetter letter) {
        List<FailedAttempt> all = letter.attempts();
        return all.isEmpty()
                ? ""
                : all.stream().skip(Math.max(0, all.size() - MAX_ATTEMPTS))
                        .map(attempt -> "attempt " + attempt.number() + " " + attempt.failureClass() + " at "
                                + attempt.at())
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    private String payload(Object payload) {
        try {
            String json = writer.writeValueAsString(payload);
            return json.length() > MAX_TEXT ? json.substring(0, MAX_TEXT) + "..." : json;
        } catch (RuntimeException unwritable) {
            return "(" + payload.getClass().getName() + ")";
        }
    }

    /** What hides something is described by its components alone, whatever form it chose for itself. */
    private static final class Masking extends PayloadIntrospector {
        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        public @Nullable Object findSerializer(MapperConfig<?> config, Annotated annotated) {
            if (annotated.hasAnnotation(Sensitive.class)) {
                return new Mask();
            }
            return Findings.hidesSomething(annotated.getRawType()) ? null : super.findSerializer(config, annotated);
        }

        @Override
        public @Nullable Boolean hasAsValue(MapperConfig<?> config, Annotated annotated) {
            return hidesSomething(annotated) ? Boolean.FALSE : super.hasAsValue(config, annotated);
        }

        @Override
        public @Nullable Boolean hasAnyGetter(MapperConfig<?> config, Annotated annotated) {
            return hidesSomething(annotated) ? Boolean.FALSE : super.hasAnyGetter(config, annotated);
        }

        private static boolean hidesSomething(Annotated annotated) {
            return annotated instanceof AnnotatedMember member && Findings.hidesSomething(member.getDeclaringClass());
        }

        @Override
        public @Nullable Object findNullSerializer(MapperConfig<?> config, Annotated annotated) {
            return annotated.hasAnnotation(Sensitive.class) ? new Mask() : super.findNullSerializer(config, annotated);
        }
    }

    private static final class Mask extends StdSerializer<Object> {
        Mask() {
            super(Object.class);
        }

        @Override
        public void serialize(Object value, JsonGenerator json, SerializationContext context) {
            json.writeString(MASK);
        }

        @Override
        public void serializeWithType(Object value, JsonGenerator json, SerializationContext context,
                TypeSerializer types) {
            json.writeString(MASK);
        }
    }

    /** Records as keys of maps would be written by their toString. */
    private static final class MaskedName extends StdSerializer<Record> {
        MaskedName() {
            super(Record.class);
        }

        @Override
        public void serialize(Record value, JsonGenerator json, SerializationContext context) {
            json.writeName(MASK);
        }
    }
}
