/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.eventbus.event.EventEnvelope;
import dev.eventbus.event.EventType;
import dev.eventbus.spi.DecodeProblem;
import dev.eventbus.spi.EventDecodeException;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A value has one form, and no other is taken for it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ValueFormsTest {
    /** A component of each type that Jackson would read from several forms; all but one are null in a test. */
    @EventType(name = "forms", version = 2)
    record Forms(@Nullable Instant instant, @Nullable LocalDate date, @Nullable LocalDateTime dateTime,
            @Nullable LocalTime time,
            @Nullable OffsetDateTime offsetDateTime, @Nullable OffsetTime offsetTime, @Nullable ZonedDateTime zoned,
            @Nullable Duration duration, @Nullable Period period, @Nullable Year year, @Nullable YearMonth yearMonth,
            @Nullable MonthDay monthDay, @Nullable Month month, @Nullable DayOfWeek day, @Nullable ZoneId zone,
            @Nullable ZoneOffset offset, @Nullable UUID uuid, @Nullable Double large, double plain, float small) {
        static final Forms NONE = new Forms(null, null, null, null, null, null, null, null, null, null, null, null,
                null, null,
                null, null, null, null, 0, 0);
    }

    private static final EventTypes TYPES = EventTypes.of(Forms.class).upcast("forms", 1, payload -> payload);
    private static final JacksonEventCodec CODEC = JacksonEventCodec.of(TYPES);

    private static byte[] with(int version, String component, String value) {
        String written = new String(CODEC.encode(Samples.event("forms", 2, Forms.NONE)), StandardCharsets.UTF_8);
        String changed = written.replaceFirst("\"" + component + "\":[^,}]+", "\"" + component + "\":" + value)
                .replace("\"version\":2", "\"version\":" + version);
        return changed.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '~', delimiter = '|', value = {
            "instant | 1", "instant | 1.5", "instant | \"1\"", "instant | \"1E1000000000\"", "instant | 1E1000000000",
            "instant | \"2026-01-31\"", "instant | \"\"", "instant | []", "instant | true",
            "date | [2026,1,31]", "date | []", "date | 1", "date | \"2026-01-31T10:00:00\"", "date | \"2026-02-30\"",
            "dateTime | [2026,1,31,10,0]", "dateTime | 1", "time | [10,0]", "time | 1",
            "offsetDateTime | 1", "offsetDateTime | \"1\"", "zoned | 1", "zoned | \"1\"", "zoned | \"1.5\"",
            "offsetTime | [1]",
            "duration | 1", "duration | 1E1000000000", "period | 1", "yearMonth | [2026,1]", "monthDay | [1,1]",
            "day | 1", "zone | 1", "offset | 1", "uuid | \"AAAAAAAAAAAAAAAAAAAAAA==\"", "uuid | 1", "uuid | []",
            "large | 1E1000000000", "large | -1E400", "plain | 1E1000000000", "small | 1E300", "large | true",
            "plain | \"1\""})
    void no_other_form_is_taken_for_a_value(String component, String value) {
        for (int version : List.of(1, 2)) {
            EventDecodeException refused = catchThrowableOfType(EventDecodeException.class,
                    () -> CODEC.decode(with(version, component, value)));

            assertThat(refused).as("version %d", version).isNotNull();
            assertThat(refused.problem()).as(refused.getMessage()).isEqualTo(DecodeProblem.WRONG_TYPE);
            assertThat(refused.path()).isEqualTo("$." + component);
        }
    }

    @Test
    void the_form_that_is_written_is_read() {
        ZoneId paris = ZoneId.of("Europe/Paris");
        Forms all = new Forms(Instant.parse("2026-01-31T09:30:00.123456789Z"), LocalDate.of(12_026, 1, 31),
                LocalDateTime.of(2026, 1, 31, 9, 30), LocalTime.of(9, 30, 1, 5),
                OffsetDateTime.parse("2026-01-31T09:30:00+02:00"),
                OffsetTime.parse("09:30+02:00"), ZonedDateTime.of(2026, 1, 31, 9, 30, 0, 1, paris),
                Duration.ofSeconds(1, 5),
                Period.of(1, 2, 3), Year.of(2026), YearMonth.of(2026, 1), MonthDay.of(2, 29), Month.MAY,
                DayOfWeek.MONDAY, paris,
                ZoneOffset.ofHours(2), Samples.ID, Double.POSITIVE_INFINITY, Double.NaN, Float.MAX_VALUE);
        EventEnvelope<Forms> event = Samples.event("forms", 2, all);

        assertThat(CODEC.decode(CODEC.encode(event))).isEqualTo(event);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '~', delimiter = '|', value = {"instant | \"2026-01-31T09:30:00+02:00\"",
            "instant | \"-2026-01-31T09:30:00Z\"", "date | \"+12026-01-31\"", "zoned | \"2026-01-31T09:30:00Z\"",
            "uuid | \"01926B3C-0000-7000-8000-000000000001\"", "plain | 1", "plain | 1E300", "small | 1E30"})
    void another_writing_of_the_same_form_is_read(String component, String value) {
        for (int version : List.of(1, 2)) {
            assertThat(CODEC.decode(with(version, component, value)).payload()).isNotEqualTo(Forms.NONE);
        }
    }

    @EventType(name = "own", version = 1)
    record Own(@JsonFormat(shape = JsonFormat.Shape.NUMBER) Instant number,
            @JsonFormat(pattern = "dd.MM.yyyy HH:mm xxx") OffsetDateTime pattern,
            @JsonFormat(pattern = "dd.MM.yyyy") LocalDate date) {}

    @Test
    void a_component_with_a_format_of_its_own_is_read_as_it_is_written() {
        JacksonEventCodec codec = JacksonEventCodec.of(EventTypes.of(Own.class));
        EventEnvelope<Own> event = Samples.event("own", 1, new Own(Instant.parse("2026-01-31T09:30:00.5Z"),
                OffsetDateTime.parse("2026-01-31T09:30:00+02:00"), LocalDate.of(2026, 1, 31)));

        assertThat(codec.decode(codec.encode(event))).isEqualTo(event);
    }
}
