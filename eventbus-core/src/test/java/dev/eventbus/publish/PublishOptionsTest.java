/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.error.ConfigurationException;
import dev.eventbus.fixture.ManualClocks;
import java.time.DayOfWeek;
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
class PublishOptionsTest {
    private static final PublishOptions NONE = PublishOptions.options();
    private static final UUID ID = new UUID(0, 1);

    private enum Hostile {
        KEY;

        @Override
        public String toString() {
            return "forged\nline";
        }
    }

    @Test
    void change_nothing_unless_set() {
        assertThat(NONE.id()).isNull();
        assertThat(NONE.correlationId()).isNull();
        assertThat(NONE.causationId()).isNull();
        assertThat(NONE.timestamp()).isNull();
        assertThat(NONE.key()).isNull();
        assertThat(NONE.attributes()).isEmpty();
    }

    @Test
    void keep_what_was_set() {
        PublishOptions options = NONE.id(ID).correlationId("c").causationId(new UUID(0, 2))
                .timestamp(ManualClocks.START)
                .key(DayOfWeek.FRIDAY).attribute("a", "b");

        assertThat(options.id()).isEqualTo(ID);
        assertThat(options.correlationId()).isEqualTo("c");
        assertThat(options.causationId()).isEqualTo(new UUID(0, 2));
        assertThat(options.timestamp()).isEqualTo(ManualClocks.START);
        assertThat(options.key()).isEqualTo(DayOfWeek.FRIDAY);
        assertThat(options.attributes()).containsExactly(java.util.Map.entry("a", "b"));
    }

    @Test
    void do_not_change_when_others_are_derived_from_them() {
        PublishOptions base = NONE.attribute("a", "b");

        base.attribute("c", "d").id(ID).key(1);

        assertThat(base.attributes()).containsExactly(java.util.Map.entry("a", "b"));
        assertThat(base.id()).isNull();
        assertThat(base.key()).isNull();
    }

    @Test
    void hand_out_attributes_that_cannot_be_changed() {
        assertThatThrownBy(() -> NONE.attribute("a", "b").attributes().clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void the_last_value_of_an_attribute_wins() {
        assertThat(NONE.attribute("a", "1").attribute("a", "2").attributes()).containsEntry("a", "2").hasSize(1);
    }

    @Test
    void take_64_attributes_and_no_more() {
        PublishOptions full = full();

        assertThat(full.attributes()).hasSize(64);
        assertThatThrownBy(() -> full.attribute("one more", "v")).isInstanceOf(ConfigurationException.class)
                .hasMessage("attributes must be <= 64, were 65; put the data into the payload");
    }

    @Test
    void a_full_set_of_attributes_can_still_be_overwritten() {
        assertThat(full().attribute("a0", "new").attributes()).containsEntry("a0", "new").hasSize(64);
    }

    private static PublishOptions full() {
        PublishOptions options = NONE;
        for (int i = 0; i < PublishOptions.MAX_ATTRIBUTES; i++) {
            options = options.attribute("a" + i, "v");
        }
        return options;
    }

    @Test
    void take_values_of_8192_characters_and_names_of_256() {
        PublishOptions options = NONE.attribute("n".repeat(256), "v".repeat(8_192)).correlationId("c".repeat(256))
                .key("k".repeat(256));

        assertThat(options.attributes()).hasSize(1);
    }

    @Test
    void take_an_empty_value() {
        assertThat(NONE.attribute("a", "").attributes()).containsEntry("a", "");
    }

    @Test
    void describe_themselves_without_values_of_attributes() {
        assertThat(NONE.id(ID).key(7L).attribute("token", "secret"))
                .hasToString(
                        "PublishOptions[id=00000000-0000-0000-0000-000000000001, correlationId=null, causationId=null, "
                                + "timestamp=null, key=7, expiresAfter=null, attributes=[token]]");
    }

    @Test
    void stay_on_one_line_whatever_an_enum_key_says_of_itself() {
        assertThat(NONE.key(Hostile.KEY).toString()).doesNotContain("\n");
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal(() -> NONE.id(null), "id must not be null; pass a value"),
                refusal(() -> NONE.correlationId(null), "correlationId must not be null; pass a value"),
                refusal(() -> NONE.correlationId(" "),
                        "correlationId must not be blank; give it a name of 1 to 256 printable characters"),
                refusal(() -> NONE.correlationId("c".repeat(257)),
                        "correlationId must have at most 256 characters, had 257; shorten it"),
                refusal(() -> NONE.correlationId("a\r\nb"),
                        "correlationId must hold printable characters only, had \\u000d at index 1; remove it"),
                refusal(() -> NONE.causationId(null), "causationId must not be null; pass a value"),
                refusal(() -> NONE.timestamp(null), "timestamp must not be null; pass a value"),
                refusal(() -> NONE.key(null), "key must not be null; pass a value"),
                refusal(() -> NONE.key("\u2028"),
                        "key must not be blank; give it a name of 1 to 256 printable characters"),
                refusal(() -> NONE.key('c'),
                        "key must be a String, Long, Integer, UUID or enum constant, was a java.lang.Character; use one of "
                                + "its fields"),
                refusal(() -> NONE.attribute(null, "v"), "attribute name must not be null; pass a value"),
                refusal(() -> NONE.attribute("", "v"),
                        "attribute name must not be blank; give it a name of 1 to 256 printable characters"),
                refusal(() -> NONE.attribute("a", null), "attribute value must not be null; pass a value"),
                refusal(() -> NONE.attribute("a", "v".repeat(8_193)),
                        "attribute value must have at most 8192 characters, had 8193; shorten it"),
                refusal(() -> NONE.attribute("a", "\u001b[2J"),
                        "attribute value must hold printable characters only, had \\u001b at index 0; remove it"));
    }

    private static Arguments refusal(ThrowingCallable call, String message) {
        return Arguments.of(message, call);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void refuse_what_makes_no_sense(String message, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(ConfigurationException.class).hasMessage(message);
    }
}
