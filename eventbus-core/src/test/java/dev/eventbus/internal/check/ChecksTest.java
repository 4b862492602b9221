/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.error.ConfigurationException;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ChecksTest {
    private static final String BLANK = "p must not be blank; give it a name of 1 to 256 printable characters";

    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal(() -> Checks.notNull(null, "p"), "p must not be null; pass a value"),
                refusal(() -> Checks.name(null, "p"), "p must not be null; pass a value"),
                refusal(() -> Checks.name("", "p"), BLANK),
                refusal(() -> Checks.name(" \t\n\u2003", "p"), BLANK),
                refusal(() -> Checks.name("x".repeat(257), "p"),
                        "p must have at most 256 characters, had 257; shorten it"),
                refusal(() -> Checks.name("a\nb", "p"),
                        "p must hold printable characters only, had \\u000a at index 1; remove it"),
                refusal(() -> Checks.text(null, 3, "p"), "p must not be null; pass a value"),
                refusal(() -> Checks.text("abcd", 3, "p"), "p must have at most 3 characters, had 4; shorten it"),
                refusal(() -> Checks.text("ab\u202e", 3, "p"),
                        "p must hold printable characters only, had \\u202e at index 2; remove it"),
                refusal(() -> Checks.atLeast(0, 1, "p"), "p must be >= 1, was 0"),
                refusal(() -> Checks.atLeast(Integer.MIN_VALUE, 0, "p"), "p must be >= 0, was -2147483648"),
                refusal(() -> Checks.positive(null, "p"), "p must not be null; pass a value"),
                refusal(() -> Checks.positive(Duration.ZERO, "p"), "p must be > PT0S, was PT0S"),
                refusal(() -> Checks.positive(Duration.ofNanos(-1), "p"), "p must be > PT0S, was PT-0.000000001S"),
                refusal(() -> Checks.notNegative(null, "p"), "p must not be null; pass a value"),
                refusal(() -> Checks.notNegative(Duration.ofSeconds(-1), "p"), "p must be >= PT0S, was PT-1S"),
                refusal(() -> Checks.key(null), "key must not be null; pass a value"),
                refusal(() -> Checks.key(" "),
                        "key must not be blank; give it a name of 1 to 256 printable characters"),
                refusal(() -> Checks.key(new BigDecimal(1)),
                        "key must be a String, Long, Integer, UUID or enum constant, was a java.math.BigDecimal; "
                                + "use one of its fields"));
    }

    private static Arguments refusal(ThrowingCallable call, String message) {
        return Arguments.of(call, message);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("refusals")
    void refuses_with_parameter_rule_and_value(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(ConfigurationException.class).hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(chars = {'\0', '\t', '\n', '\r', '\u001b', '\u007f', '\u0085', '\u009f', '\u200b', '\u200e', '\u200f',
            '\u2028', '\u2029', '\u202a', '\u202e', '\u2066', '\u2069', '\ufeff'})
    void refuses_a_name_with_a_character_that_forges_lines_or_drives_terminals(char unsafe) {
        assertThatThrownBy(() -> Checks.name("a" + unsafe, "p")).isInstanceOf(ConfigurationException.class)
                .hasMessage("p must hold printable characters only, had %s at index 1; remove it"
                        .formatted(Printable.escape(unsafe)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "orders-1", "with blanks inside", "Größe", "請求書", "€ \u00a0", "\ud83d\ude80"})
    void accepts_printable_names_of_any_script(String name) {
        assertThat(Checks.name(name, "p")).isSameAs(name);
    }

    @Test
    void accepts_a_name_of_256_characters() {
        String name = "x".repeat(256);

        assertThat(Checks.name(name, "p")).isSameAs(name);
    }

    @Test
    void accepts_an_empty_text() {
        assertThat(Checks.text("", 0, "p")).isEmpty();
    }

    @Test
    void accepts_the_bounds_themselves() {
        assertThat(Checks.atLeast(1, 1, "p")).isEqualTo(1);
        assertThat(Checks.positive(Duration.ofNanos(1), "p")).isEqualTo(Duration.ofNanos(1));
        assertThat(Checks.notNegative(Duration.ZERO, "p")).isEqualTo(Duration.ZERO);
    }

    @Test
    void accepts_keys_of_known_types() {
        List<Object> keys = List.of("k", 1L, 1, new UUID(1, 2), DayOfWeek.FRIDAY);

        assertThat(keys).allSatisfy(key -> assertThat(Checks.key(key)).isSameAs(key));
    }

    @Test
    void accepts_an_enum_constant_with_a_body_as_key() {
        assertThat(Checks.key(Bodied.ONE)).isSameAs(Bodied.ONE);
    }

    private enum Bodied {
        ONE {
        }
    }

    @Test
    void keeps_a_short_name_as_it_is() {
        assertThat(Checks.shortened("a.b.C")).isEqualTo("a.b.C");
    }

    @Test
    void shortens_a_long_name_to_its_end() {
        assertThat(Checks.shortened("x".repeat(300) + ".Name")).hasSize(256).endsWith("x.Name");
    }

    @Test
    void escapes_a_name_that_it_shortens() {
        assertThat(Checks.name(Checks.shortened("\n".repeat(300)), "p")).hasSize(256);
    }
}
