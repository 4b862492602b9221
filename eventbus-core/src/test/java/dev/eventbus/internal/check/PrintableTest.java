/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PrintableTest {
    @ParameterizedTest
    @CsvSource({"0, \\u0000", "9, \\u0009", "10, \\u000a", "13, \\u000d", "27, \\u001b", "127, \\u007f", "133, \\u0085",
            "155, \\u009b", "8203, \\u200b", "8206, \\u200e", "8207, \\u200f", "8232, \\u2028", "8233, \\u2029",
            "8234, \\u202a", "8235, \\u202b", "8236, \\u202c", "8237, \\u202d", "8238, \\u202e", "8294, \\u2066",
            "8295, \\u2067", "8296, \\u2068", "8297, \\u2069", "65279, \\ufeff"})
    void writes_an_unsafe_character_as_an_escape(int unsafe, String escape) {
        assertThat(Printable.of("a" + (char) unsafe + "b", 10)).isEqualTo("a" + escape + "b");
    }

    @Test
    void writes_no_unsafe_character_whatever_it_reads() {
        StringBuilder chars = new StringBuilder();
        for (int c = 0; c <= 0xFFFF; c++) {
            chars.append((char) c);
        }
        String all = chars.toString();

        assertThat(Printable.of(all, all.length()).codePoints()).noneMatch(Printable::isUnsafe);
    }

    @Test
    void keeps_printable_text_of_any_script() {
        String text = "Größe 請求書 \ud83d\ude80 \\ \" ' %s {}";

        assertThat(Printable.of(text, 100)).isEqualTo(text);
    }

    @Test
    void keeps_text_of_exactly_the_bound() {
        assertThat(Printable.of("abc", 3)).isEqualTo("abc");
    }

    @Test
    void cuts_longer_text_and_says_so() {
        assertThat(Printable.of("abcd", 3)).isEqualTo("abc...");
    }

    @Test
    void bounds_a_message_of_ten_million_characters() {
        assertThat(Printable.message(new Exception("x".repeat(10_000_000)))).hasSize(1_003).endsWith("x...");
    }

    @Test
    void escapes_a_message_that_forges_a_log_line() {
        assertThat(Printable.message(new Exception("a\r\n2026-01-01 INFO paid\u0085\u001b[2J")))
                .isEqualTo("a\\u000d\\u000a2026-01-01 INFO paid\\u0085\\u001b[2J");
    }

    @Test
    void leaves_out_a_message_that_is_not_there() {
        assertThat(Printable.message(new Exception())).isNull();
    }

    @Test
    void leaves_out_a_message_that_throws() {
        assertThat(Printable.message(new Hostile(new IllegalStateException()))).isNull();
    }

    @Test
    void leaves_out_a_message_that_throws_an_error() {
        assertThat(Printable.message(new Hostile(new StackOverflowError()))).isNull();
    }

    @Test
    void describes_a_failure_by_class_and_message() {
        assertThat(Printable.describe(new IllegalStateException("no\nluck")))
                .isEqualTo("java.lang.IllegalStateException: no\\u000aluck");
    }

    @Test
    void describes_a_failure_without_message_by_class() {
        assertThat(Printable.describe(new IllegalStateException())).isEqualTo("java.lang.IllegalStateException");
    }

    @Test
    void describes_a_failure_whose_message_throws_by_class() {
        assertThat(Printable.describe(new Hostile(new Error()))).isEqualTo(Hostile.class.getName());
    }

    /** A failure that cannot be asked. */
    private static final class Hostile extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Hostile(Throwable thrown) {
            super(thrown);
        }

        @Override
        public String getMessage() {
            throw sneaky(getCause());
        }

        @Override
        public String toString() {
            throw sneaky(getCause());
        }

        @SuppressWarnings("unchecked") // that is how a checked exception is thrown unchecked
        private static <T extends Throwable> RuntimeException sneaky(Throwable thrown) throws T {
            throw (T) thrown;
        }
    }
}
