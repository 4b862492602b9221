/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Times in the one form in which they are written, {@code 2026-01-31T09:30:00.125Z}, and dates, in a fraction of the time of
 * the JDK's formatters, which are asked for all else. Stateless.
 */
final class TimeText {
    // from the least to the greatest year of four digits
    private static final long LEAST = LocalDate.of(0, 1, 1).atStartOfDay().toEpochSecond(ZoneOffset.UTC);
    private static final long GREATEST = LocalDate.of(9_999, 12, 31).atTime(23, 59, 59).toEpochSecond(ZoneOffset.UTC);

    private static final int SECONDS_OF_DAY = 86_400;
    private static final int DATE = "2026-01-31".length();
    private static final int WHOLE = "2026-01-31T09:30:00".length();
    private static final int NANO_DIGITS = 9;

    private TimeText() {
    }

    /** As {@link Instant#toString()}. */
    static String of(Instant at) {
        long second = at.getEpochSecond();
        if (second < LEAST || second > GREATEST) {
            return at.toString();
        }
        byte[] text = new byte[WHOLE + 1 + NANO_DIGITS + 1];
        putDate(text, LocalDate.ofEpochDay(Math.floorDiv(second, SECONDS_OF_DAY)));
        putTime(text, Math.floorMod(second, SECONDS_OF_DAY));
        int end = putFraction(text, at.getNano());
        text[end] = 'Z';
        return ascii(text, end + 1);
    }

    private static void putDate(byte[] text, LocalDate date) {
        putDigits(text, 0, date.getYear(), 4);
        text[4] = '-';
        putDigits(text, 5, date.getMonthValue(), 2);
        text[7] = '-';
        putDigits(text, 8, date.getDayOfMonth(), 2);
    }

    private static void putTime(byte[] text, int second) {
        text[10] = 'T';
        putDigits(text, 11, second / 3_600, 2);
        text[13] = ':';
        putDigits(text, 14, second / 60 % 60, 2);
        text[16] = ':';
        putDigits(text, 17, second % 60, 2);
    }

    /** Three, six or nine digits, or none. */
    private static int putFraction(byte[] text, int nanos) {
        if (nanos == 0) {
            return WHOLE;
        }
        text[WHOLE] = '.';
        putDigits(text, WHOLE + 1, nanos, NANO_DIGITS);
        int length = nanos % 1_000_000 == 0 ? 3 : nanos % 1_000 == 0 ? 6 : NANO_DIGITS;
        return WHOLE + 1 + length;
    }

    private static void putDigits(byte[] text, int start, int value, int count) {
        int rest = value;
        for (int i = start + count - 1; i >= start; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    @SuppressWarnings("deprecation") // bytes of ASCII need no decoder
    private static String ascii(byte[] text, int length) {
        return new String(text, 0, 0, length);
    }

    /** What {@link Instant#parse} makes of the text, or null where the text has another form. */
    static @Nullable Instant read(String text) {
        int end = text.length() - 1;
        if (end < WHOLE || text.charAt(end) != 'Z' || text.charAt(10) != 'T' || text.charAt(13) != ':'
                || text.charAt(16) != ':') {
            return null;
        }
        LocalDate date = dateAt0(text);
        int time = secondOfDay(text);
        int nanos = nanos(text, end);
        return date == null || time < 0 || nanos < 0
                ? null
                : Instant.ofEpochSecond(date.toEpochDay() * SECONDS_OF_DAY + time, nanos);
    }

    /** What {@link LocalDate#parse} makes of the text, or null where the text has another form. */
    static @Nullable LocalDate date(String text) {
        return text.length() == DATE ? dateAt0(text) : null;
    }

    private static @Nullable LocalDate dateAt0(String text) {
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, DATE);
        boolean exists = text.charAt(4) == '-' && text.charAt(7) == '-' && year >= 0 && month >= 1 && month <= 12
                && day >= 1 && (day <= 28 || day <= YearMonth.of(year, month).lengthOfMonth());
        return exists ? LocalDate.of(year, month, day) : null;
    }

    private static int secondOfDay(String text) {
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        boolean exists = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
        return exists ? hour * 3_600 + minute * 60 + second : -1;
    }

    private static int nanos(String text, int end) {
        if (end == WHOLE) {
            return 0;
        }
        int digits = end - WHOLE - 1;
        if (text.charAt(WHOLE) != '.' || digits < 1 || digits > NANO_DIGITS) {
            return -1;
        }
        int nanos = number(text, WHOLE + 1, end);
        for (int i = digits; i < NANO_DIGITS; i++) {
            nanos *= 10; // no overflow into what is valid: -1 stays negative
        }
        return nanos;
    }

    /** Digits of ASCII as a number, or -1 where there is anything else. */
    private static int number(String text, int start, int end) {
        int value = 0;
        for (int i = start; i < end; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
