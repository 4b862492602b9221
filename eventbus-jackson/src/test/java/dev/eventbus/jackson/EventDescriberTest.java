/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.DeadLetterReason;
import dev.eventbus.deadletter.Edit;
import dev.eventbus.deadletter.FailedAttempt;
import dev.eventbus.event.EventEnvelope;
import dev.eventbus.event.Sensitive;
import dev.eventbus.jackson.Samples.CardStored;
import dev.eventbus.jackson.Samples.Holder;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.ser.std.StdSerializer;

@Timeout(60)
@DisplayNameGeneration(ReplaceUnderscores.class)
class EventDescriberTest {
    private final EventDescriber describer = EventDescriber.create();

    @Test
    void sensitive_components_are_masked_at_any_depth_and_missing_ones_too() {
        EventEnvelope<CardStored> event = Samples.event("card.stored", 1,
                new CardStored("Ada", "4111-canary",
                        Arrays.asList(new Holder("canary", 4711, "owner"), new Holder(null, 0, "x"))));

        assertThat(describer.describe(event))
                .isEqualTo("card.stored " + Samples.ID + " {\"owner\":\"Ada\",\"number\":\"***\","
                        + "\"holders\":[{\"name\":\"***\",\"pin\":\"***\",\"role\":\"owner\"},"
                        + "{\"name\":\"***\",\"pin\":\"***\",\"role\":\"x\"}]}");
    }

    @Test
    @Rule("J-5")
    void a_canary_in_a_sensitive_component_never_appears_wherever_it_is() {
        Vault vault = new Vault(CANARY, Optional.of(CANARY), List.of(CANARY), Map.of(CANARY, CANARY), new char[] {'c'},
                new Chest("plain", CANARY), Map.of("a", List.of(Optional.of(new Chest("plain", CANARY)))),
                new Box<>(new Chest("plain", CANARY)), Optional.of(new Hidden.Deep(CANARY, 4)),
                List.of(new Hidden.Deep(CANARY, 5)), new Chest[][] {{new Chest("plain", CANARY)}},
                new Box<>(new Box<>(CANARY)));
        String described = describer.describe(Samples.event("vault", 1, vault));

        assertThat(described).doesNotContain(CANARY).contains("\"inside\":{\"label\":\"plain\",\"secret\":\"***\"}",
                "\"deep\":\"***\",\"level\":4", "\"deep\":\"***\",\"level\":5");
        assertThat(described.split("plain", -1)).as("chests that are described").hasSize(5);
        assertThat(describer.describe(Samples.event("open", 1, new Open(CANARY)))).as("a canary that is not sensitive")
                .contains(CANARY);
    }

    @Test
    @Rule("J-5")
    void no_form_that_a_record_chose_for_itself_tells_what_is_sensitive() {
        for (Object payload : List.of(new AsValue(CANARY), new More(CANARY), new Getter(CANARY),
                new Keyed(Map.of(new Chest("plain", CANARY), 1)), new Sealed(new Hidden.Deep(CANARY, 1)),
                new Written(CANARY))) {
            assertThat(describer.describe(Samples.event("x", 1, payload))).as(payload.getClass().getSimpleName())
                    .doesNotContain(CANARY).contains("\"***\"");
        }
    }

    record AsValue(@Sensitive String secret) {
        @JsonValue
        public String all() {
            return secret;
        }
    }

    record More(@Sensitive String secret) {
        @JsonAnyGetter
        public Map<String, String> more() {
            return Map.of("more", secret);
        }
    }

    record Getter(@Sensitive String secret) {
        public String getAgain() {
            return secret;
        }
    }

    record Keyed(Map<Chest, Integer> byChest) {}

    record Sealed(@Sensitive Hidden hidden) {}

    @JsonSerialize(using = Teller.class)
    record Written(@Sensitive String secret) {}

    private static final class Teller extends StdSerializer<Written> {
        Teller() {
            super(Written.class);
        }

        @Override
        public void serialize(Written value, JsonGenerator json, SerializationContext context) {
            json.writeString(value.secret());
        }
    }

    private static final String CANARY = "canary-4711";

    record Open(String secret) {}

    record Box<T>(T inside) {}

    record Chest(String label, @Sensitive String secret) {}

    sealed interface Hidden {
        record Deep(@Sensitive String deep, int level) implements Hidden {}
    }

    record Vault(@Sensitive String text, @Sensitive Optional<String> maybe, @Sensitive List<String> list,
            @Sensitive Map<String, String> map, @Sensitive char[] array, Chest inside,
            Map<String, List<Optional<Chest>>> nested, Box<Chest> box, Optional<Hidden> hidden, List<Hidden> all,
            Chest[][] chests, @Sensitive Box<Box<String>> boxes) {}

    @Test
    @Rule("J-5")
    void a_dead_letter_tells_who_why_and_what_without_what_is_sensitive() {
        EventEnvelope<Chest> event = Samples.event("chest", 1, new Chest("plain", CANARY));
        Instant at = Instant.parse("2026-01-31T09:30:00Z");
        List<FailedAttempt> attempts = List.of(
                new FailedAttempt(1, at, "java.io.IOException", "no " + CANARY, "0123456789abcdef", null),
                new FailedAttempt(2, at.plusSeconds(1), "java.io.IOException", null, "0123456789abcdef", null));
        DeadLetter letter = new DeadLetter(Samples.CAUSE, event, "billing", DeadLetterReason.ATTEMPTS_EXHAUSTED,
                attempts,
                CANARY, at, true, List.of(new Edit(at, "ticket 7", new Chest("before", CANARY))));

        assertThat(describer.describe(letter)).isEqualTo("dead letter " + Samples.CAUSE + " of 'billing': "
                + "ATTEMPTS_EXHAUSTED (attempt 1 java.io.IOException at 2026-01-31T09:30:00Z, attempt 2 "
                + "java.io.IOException at 2026-01-31T09:30:01Z), edits 1: chest " + Samples.ID
                + " {\"label\":\"plain\",\"secret\":\"***\"}");
        assertThat(describer.describe(new DeadLetter(Samples.CAUSE, event, "billing", DeadLetterReason.OVERFLOW,
                List.of(), null, at))).contains("of 'billing': OVERFLOW: chest");
        assertThat(describer.describe(new DeadLetter(Samples.CAUSE, event, "billing", DeadLetterReason.OVERFLOW,
                Collections.nCopies(100, attempts.getFirst()), null, at)).split("attempt 1 ", -1)).hasSize(11);
    }

    @Test
    void the_codec_keeps_what_the_describer_masks() {
        JacksonEventCodec codec = JacksonEventCodec.of(Samples.types());
        EventEnvelope<CardStored> event = Samples.event("card.stored", 1, new CardStored("Ada", "4111", List.of()));

        assertThat(codec.decode(codec.encode(event))).isEqualTo(event);
    }

    @Test
    void a_description_is_one_bounded_line_and_calls_no_to_string() {
        assertThat(describer.describe(Samples.event("note", 1, "a\n\u0085\u2028\u001Bb")))
                .endsWith("\"a\\n\\u0085\\u2028\\u001Bb\"");
        assertThat(describer.describe(Samples.event("note", 1, "x".repeat(1_000_000)))).hasSizeLessThan(10_100)
                .endsWith("...");
        assertThat(describer.describe(Samples.event("odd", 1, new Thrower(1)))).endsWith("{\"a\":1}");
        assertThat(describer.describe(Samples.event("odd", 1, new Broken(1))))
                .endsWith("(" + Broken.class.getName() + ")");
    }

    record Thrower(int a) {
        @Override
        public String toString() {
            throw new IllegalStateException("toString");
        }
    }

    record Broken(int a) {
        @Override
        public int a() {
            throw new IllegalStateException("canary");
        }
    }
}
