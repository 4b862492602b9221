/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.error.ConfigurationException;
import dev.eventbus.fixture.ManualClocks;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MetadataTest {
    private static final UUID ID = new UUID(0, 1);
    private static final Instant AT = ManualClocks.START;

    private enum Hostile {
        KEY;

        @Override
        public String toString() {
            return "forged\nline";
        }
    }

    @Test
    void keeps_a_copy_of_the_attributes() {
        Map<String, String> attributes = new HashMap<>(Map.of("a", "b"));
        Metadata metadata = new Metadata(ID, "t", 1, AT, "c", null, 0, null, attributes);

        attributes.clear();

        assertThat(metadata.attributes()).containsExactly(Map.entry("a", "b"));
        assertThatThrownBy(() -> metadata.attributes().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void stays_on_one_line_whatever_an_enum_key_says_of_itself() {
        assertThat(new Metadata(ID, "t", 1, AT, "c", null, 0, Hostile.KEY, Map.of()).toString()).doesNotContain("\n");
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal(() -> new Metadata(null, "t", 1, AT, "c", null, 0, null, Map.of()),
                        "id must not be null; pass a value"),
                refusal(() -> new Metadata(ID, " ", 1, AT, "c", null, 0, null, Map.of()),
                        "type must not be blank; give it a name of 1 to 256 printable characters"),
                refusal(() -> new Metadata(ID, "t", 0, AT, "c", null, 0, null, Map.of()),
                        "version must be >= 1, was 0"),
                refusal(() -> new Metadata(ID, "t", 1, null, "c", null, 0, null, Map.of()),
                        "timestamp must not be null; pass a value"),
                refusal(() -> new Metadata(ID, "t", 1, AT, "a\u0085b", null, 0, null, Map.of()),
                        "correlationId must hold printable characters only, had \\u0085 at index 1; remove it"),
                refusal(() -> new Metadata(ID, "t", 1, AT, "c", null, -1, null, Map.of()),
                        "depth must be >= 0, was -1"),
                refusal(() -> new Metadata(ID, "t", 1, AT, "c", null, 0, 1.5, Map.of()),
                        "key must be a String, Long, Integer, UUID or enum constant, was a java.lang.Double; use one of its "
                                + "fields"),
                refusal(() -> new Metadata(ID, "t", 1, AT, "c", null, 0, null, null),
                        "attributes must not be null; pass a value"));
    }

    private static Arguments refusal(ThrowingCallable call, String message) {
        return Arguments.of(message, call);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void refuses_what_makes_no_sense(String message, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(ConfigurationException.class).hasMessage(message);
    }
}
