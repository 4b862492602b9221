/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.event.EventEnvelope;
import dev.eventbus.jackson.Samples.CardStored;
import dev.eventbus.jackson.Samples.Holder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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
