/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is read by hand is read as the JDK reads it, or left to the JDK. */
@Timeout(60)
@DisplayNameGeneration(ReplaceUnderscores.class)
class TimeTextTest {
    private static final int VALUES = 100_000;
    private static final String CHARACTERS = "0123456789-:.TZtz+ \u0663\uFF11/a";

    private final SplittableRandom random = new SplittableRandom(6);

    @Test
    void a_time_is_written_as_the_jdk_writes_it_and_read_again() {
        for (int i = 0; i < VALUES; i++) {
            Instant at = instant();

            assertSame(at.toString(), TimeText.of(at));
            assertSame(at, TimeText.read(at.toString()));
        }
        for (Instant edge : List.of(Instant.MIN, Instant.MAX, Instant.EPOCH, Instant.parse("0000-01-01T00:00:00Z"),
                Instant.parse("0000-01-01T00:00:00Z").minusNanos(1), Instant.parse("9999-12-31T23:59:59.999999999Z"),
                Instant.parse("+10000-01-01T00:00:00Z"))) {
            assertThat(TimeText.of(edge)).isEqualTo(edge.toString());
        }
    }

    @Test
    void nothing_is_read_that_the_jdk_refuses_or_reads_otherwise() {
        int refused = 0;
        for (int i = 0; i < VALUES; i++) {
            String text = changed(instant().toString());
            refused += compare(text, TimeText::read, Instant::parse);
            compare(changed(text.substring(0, 10)), TimeText::date, LocalDate::parse);
        }
        assertThat(refused).as("texts that the JDK refuses").isBetween(VALUES / 10, VALUES * 9 / 10);
        for (String text : List.of("2026-02-29T00:00:00Z", "2026-04-31T00:00:00Z", "2026-01-31T24:00:00Z",
                "2026-01-31T23:59:60Z", "2026-01-31T00:60:00Z", "2026-00-01T00:00:00Z", "2026-13-01T00:00:00Z",
                "2026-01-00T00:00:00Z", "2026-01-31T00:00:00.Z", "2026-01-31T00:00:00.1234567891Z", "", "Z",
                "2026-01-31T00:00Z", "2026-01-31T00:00:00", "2026-01-31T00:00:00+01:00", "2024-02-29T12:00:00.5Z")) {
            compare(text, TimeText::read, Instant::parse);
        }
    }

    @Test
    void a_reader_that_takes_any_day_of_a_month_is_found() {
        Function<String, LocalDate> careless = text -> LocalDate.ofEpochDay(LocalDate
                .parse(text.substring(0, 8) + "01").toEpochDay() + Integer.parseInt(text.substring(8)) - 1);

        assertThat(compare("2026-01-31", careless, LocalDate::parse)).isZero();
        assertThatThrownBy(() -> compare("2026-02-31", careless, LocalDate::parse)).isInstanceOf(AssertionError.class);
    }

    @Test
    void an_id_is_read_as_the_jdk_reads_it_but_only_whole() {
        int refused = 0;
        for (int i = 0; i < VALUES; i++) {
            String id = new UUID(random.nextLong(), random.nextLong()).toString();
            String text = random.nextBoolean() ? changed(id) : random.nextBoolean() ? id.toUpperCase() : id;
            refused += compareId(text);
        }
        assertThat(refused).as("texts that are no ids").isBetween(VALUES / 10, VALUES * 9 / 10);
        for (String text : List.of("1-1-1-1-1", "+1926b3c-0000-7000-8000-000000000001",
                "0\uFF11926b3c-000-7000-8000-000000000001", "01926b3c-0000-7000-8000-0000000000011", "")) {
            assertThat(compareId(text)).isOne();
        }
    }

    private static int compareId(String text) {
        UUID read;
        try {
            read = Texts.uuid(text);
        } catch (IllegalArgumentException malformed) {
            read = null;
        }
        UUID whole;
        try {
            whole = UUID.fromString(text);
            whole = whole.toString().equalsIgnoreCase(text) ? whole : null;
        } catch (IllegalArgumentException malformed) {
            whole = null;
        }
        if (whole == null ? read != null : !whole.equals(read)) {
            throw new AssertionError(text + " was read as " + read + " instead of " + whole);
        }
        return whole == null ? 1 : 0;
    }

    /** Returns 1 where the JDK refuses the text. */
    private static <T> int compare(String text, Function<String, T> reader, Function<String, T> jdk) {
        T read = reader.apply(text);
        try {
            T parsed = jdk.apply(text);
            if (read != null) {
                assertSame(parsed, read);
            }
            return 0;
        } catch (DateTimeException refused) {
            if (read != null) {
                throw new AssertionError(text + " was read as " + read, refused);
            }
            return 1;
        }
    }

    private static void assertSame(Object expected, Object actual) {
        if (!expected.equals(actual)) {
            assertThat(actual).isEqualTo(expected);
        }
    }

    private Instant instant() {
        int digits = random.nextInt(10);
        long unit = (long) Math.pow(10, 9 - digits);
        return Instant.ofEpochSecond(random.nextLong(-62_167_219_200L, 253_402_300_800L),
                random.nextInt(1_000_000_000) / unit * unit);
    }

    /** One or two characters are others, more or fewer. */
    private String changed(String text) {
        StringBuilder changed = new StringBuilder(text);
        for (int i = random.nextInt(1, 3); i > 0; i--) {
            int at = random.nextInt(changed.length());
            char with = CHARACTERS.charAt(random.nextInt(random.nextBoolean() ? 10 : CHARACTERS.length()));
            switch (random.nextInt(6)) {
                case 0 -> changed.insert(at, with);
                case 1 -> changed.deleteCharAt(at);
                default -> changed.setCharAt(at, with);
            }
        }
        return changed.toString();
    }
}
